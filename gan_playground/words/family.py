"""Words of the panel "The family"."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "tab": ("The family", "발산의 가족"),
    "try": (
        "Pick Pearson and Neyman in the table. Drag q narrower: Pearson bursts, for q has too little where p lives. "
        "Drag q wider: Neyman bursts, for q has too much where p is rare.",
        "표에서 Pearson과 Neyman을 고르세요. q를 좁히면 p가 사는 곳에 q가 모자라 Pearson이 치솟고, "
        "q를 넓히면 p가 드문 곳에 q가 넘쳐 Neyman이 치솟습니다.",
    ),
    "references": (
        "Nowozin, Cseke, Tomioka 2016, “f-GAN”, table 1, table 6 and section 4.",
        "Nowozin, Cseke, Tomioka 2016, “f-GAN”, 표 1, 표 6, 4절.",
    ),
    "p": ("Real p", "실제 p"),
    "p_hint": ("Weight, mean, standard deviation of each bell.", "종마다 가중치, 평균, 표준편차를 씁니다."),
    "q": ("Generated q", "생성 q"),
    "q_hint": ("Or drag the handles on the curve.", "곡선 위의 손잡이를 끌어도 됩니다."),
    "pairs": ("Pairs to begin with", "시작하기 좋은 쌍"),
    "pair_paper": ("The paper's", "논문의 쌍"),
    "pair_far": ("Far apart", "멀리 떨어짐"),
    "pair_narrow": ("q too narrow", "너무 좁은 q"),
    "pair_one_mode": ("One mode of two", "둘 중 한 봉우리"),
    "alpha": ("α of the alpha family", "알파 가족의 α"),
    "alpha_hint": ("0 is reverse KL, 1 is KL, 2 is half of Pearson.", "0은 역 KL, 1은 KL, 2는 Pearson의 절반입니다."),
    "pi": ("π of the weighted JS", "가중 JS의 π"),
    "pi_hint": ("½ is half of the f-GAN paper's JS.", "½이면 f-GAN 논문 JS의 절반입니다."),
    "real": ("real p", "실제 p"),
    "generated": ("generated q", "생성 q"),
    "drag": (
        "disc: move it, lift it for its share · square: widen it",
        "원: 옮기기, 위아래로 비중 · 네모: 넓히기",
    ),
    "densities": ("the densities p and q", "p와 q의 밀도"),
    "integrand": ("q f(p/q) along the axis", "축을 따라 그린 q f(p/q)"),
    "integrand_title": (
        "q f(p/q): where the divergence comes from; the area is its value",
        "q f(p/q): 발산이 생기는 곳. 넓이가 그 값입니다",
    ),
    "critic": ("T* along the axis", "축을 따라 그린 T*"),
    "critic_title": ("T* = f′(p/q): what the best critic answers", "T* = f′(p/q): 가장 좋은 판별자의 답"),
    "values": ("How far p is from q", "p는 q에서 얼마나 먼가"),
    "pick": ("pick up to three", "셋까지 고르세요"),
    "row_jsd": ("Jensen–Shannon, ½ (to log 2)", "Jensen–Shannon, ½ (log 2까지)"),
    "row_w1": ("Wasserstein-1 (no f-divergence)", "Wasserstein-1 (f-발산이 아님)"),
    "why_infinite": ("{name} is infinite: {why}", "{name}: 무한대. {why}"),
    "functions": ("Four functions", "네 가지 함수"),
    "functions_of": ("formulas of {name}", "{name}의 식"),
    "functions_hint": (
        "f weighs the ratio u = p/q. f* is its conjugate, finite for {domain}. The activation g turns the critic's raw "
        "output v into T, always in that range.",
        "f는 비 u = p/q의 무게입니다. f*는 그 켤레이고 {domain}에서 유한합니다. "
        "활성화 g는 판별자의 출력 v를 언제나 그 범위의 T로 바꿉니다.",
    ),
    "of-f": ("f against u = p/q", "u = p/q에 따른 f"),
    "of-slope": ("f′ against u = p/q", "u = p/q에 따른 f′"),
    "of-conjugate": ("f* against T = t", "t에 따른 f*"),
    "of-activation": ("g_f against the raw output v", "출력 v에 따른 g_f"),
    "no_conjugate": ("f* = ∞", "f* = ∞"),
    "fits": ("The best single Gaussian", "가장 가까운 정규분포 하나"),
    "fits_unit": (
        "what a linear generator could reach, under each divergence",
        "발산마다 선형 생성자가 닿을 수 있는 곳",
    ),
    "find": ("Find them", "찾기"),
    "finding": ("finding …", "찾는 중 …"),
    "fitted": ("p and the best Gaussian of each divergence in sight", "p와 고른 발산마다 가장 가까운 정규분포"),
    "fits_hint": (
        "Pearson and KL punish missing mass: their bell spreads over every mode. "
        "Reverse KL and Neyman punish misplaced mass: theirs keeps to the larger mode.",
        "Pearson과 KL은 빠뜨린 확률을 벌하므로 모든 봉우리를 덮습니다. "
        "역 KL과 Neyman은 잘못 놓은 확률을 벌하므로 큰 봉우리에 머뭅니다.",
    ),
    "ours": ("exact, here", "여기, 정확한 값"),
    "paper": ("f-GAN paper", "f-GAN 논문"),
    "no_fit": ("none is near", "가까운 것이 없음"),
    "not_a_view": (
        "'{value}' is no axis; write two numbers, low:high, as in -5:8.",
        "'{value}'는 축이 아닙니다. -5:8처럼 작은 수:큰 수로 쓰세요.",
    ),
    "says_same": (
        "**p and q coincide.** Every divergence is 0; the GAN's value is −log 4 = −1.386 by its convention.",
        "**p와 q가 같습니다.** 모든 발산이 0이고, GAN의 값은 정의대로 −log 4 = −1.386입니다.",
    ),
    "says_infinite": (
        "**{name} is infinite.** {why}",
        "**{name}: 무한대입니다.** {why}",
    ),
    "says_missing": (
        "**{name} comes most from x near {x}.** There p is {ratio} times q: mass that q misses.",
        "**{name}에는 x = {x} 근처가 가장 크게 듭니다.** 그곳의 p는 q의 {ratio}배, q가 빠뜨린 확률입니다.",
    ),
    "says_misplaced": (
        "**{name} comes most from x near {x}.** There q is {ratio} times p: mass that q puts where p has little.",
        "**{name}에는 x = {x} 근처가 가장 크게 듭니다.** 그곳의 q는 p의 {ratio}배, p가 적은 곳에 놓은 확률입니다.",
    ),
}
