"""Words of the panel "Why Wasserstein"."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "tab": ("Why Wasserstein", "왜 Wasserstein인가"),
    "try": (
        "Pull q to 20. Jensen–Shannon sits at its ceiling and its slope is gone: a generator there gets no direction. "
        "W₁ still says which way.",
        "q를 20까지 끌어 보세요. JS는 천장에 붙고 기울기가 사라져, 생성자는 방향을 잃습니다. "
        "W₁은 여전히 방향을 알려 줍니다.",
    ),
    "references": (
        "Arjovsky, Chintala, Bottou 2017, “Wasserstein GAN”, example 1 and figure 2. "
        "Goodfellow et al. 2014, “Generative Adversarial Nets”.",
        "Arjovsky, Chintala, Bottou 2017, “Wasserstein GAN”, 예제 1과 그림 2. "
        "Goodfellow 외 2014, “Generative Adversarial Nets”.",
    ),
    "at": ("Distance between p and q", "p와 q 사이의 거리"),
    "at_hint": ("Drag the orange shape, or use ← →.", "주황색 모양을 끌거나 ← → 키를 쓰세요."),
    "shape": ("Shapes", "모양"),
    "shape_gaussians": ("Gaussians", "정규분포"),
    "shape_uniforms": ("Uniforms", "균등분포"),
    "shape_lines": ("Lines", "평행선"),
    "measure": ("Divergence above", "맨 위의 발산"),
    "measure_hint": ("Beyond a million, the axis counts powers of ten.", "백만을 넘으면 축은 10의 거듭제곱을 셉니다."),
    "js": ("Jensen–Shannon", "Jensen–Shannon"),
    "js_jsd": ("jsd: ½, to log 2", "jsd: ½, log 2까지"),
    "js_js": ("js: f-GAN, to 2 log 2", "js: f-GAN, 2 log 2까지"),
    "real": ("real p", "실제 p"),
    "generated": ("generated q", "생성 q"),
    "drag": ("drag q", "q를 끄세요"),
    "scene": ("p and q on one axis", "한 축 위의 p와 q"),
    "distance": ("distance {at}", "거리 {at}"),
    "far": ("How far?", "얼마나 먼가?"),
    "steep": ("How steep?", "얼마나 가파른가?"),
    "steep_unit": ("slope against the distance", "거리에 대한 기울기"),
    "slope_of": ("slope of {name}", "{name}의 기울기"),
    "name_js": ("JS (f-GAN)", "JS (f-GAN)"),
    "name_jsd": ("JS (½)", "JS (½)"),
    "name_w1": ("W₁", "W₁"),
    "infinite": ("∞ at every distance above 0", "거리가 0보다 크면 ∞"),
    "no_slope": ("no slope: the value is infinite", "기울기 없음: 값이 무한대"),
    "jumps": ("jumps at 0, then flat", "0에서 뛰고, 그 뒤로 평평함"),
    "decades": ("powers of ten", "10의 거듭제곱"),
    "value-measure": ("the divergence against the distance", "거리에 따른 발산"),
    "value-js": ("Jensen–Shannon against the distance", "거리에 따른 Jensen–Shannon"),
    "value-w1": ("Wasserstein-1 against the distance", "거리에 따른 W₁"),
    "slope-measure": ("the divergence's slope against the distance", "거리에 따른 발산의 기울기"),
    "slope-js": ("Jensen–Shannon's slope against the distance", "거리에 따른 Jensen–Shannon의 기울기"),
    "slope-w1": ("Wasserstein-1's slope against the distance", "거리에 따른 W₁의 기울기"),
    "tells": ("What each critic tells the generator", "판별자가 생성자에게 하는 말"),
    "at_distance": ("at distance {at}", "거리 {at}에서"),
    "discriminator": ("GAN's best discriminator D*", "GAN의 가장 좋은 판별자 D*"),
    "critic": ("Best 1-Lipschitz critic f*", "가장 좋은 1-립시츠 판별자 f*"),
    "flat": ("log(1 − D): flat on q", "log(1 − D): q에서 평평함"),
    "minimax": ("log(1 − D)", "log(1 − D)"),
    "steep_log": ("−log D: steep", "−log D: 가파름"),
    "falls": ("slope −1 everywhere", "어디서나 기울기 −1"),
    "no_fall": ("flat: p and q coincide", "평평함: p와 q가 같음"),
    "pull": ("pull on q", "q를 당김"),
    "perfect": ("1 on p, 0 on q: no slope to follow", "p에서 1, q에서 0: 따라갈 기울기 없음"),
    "half": ("½ where they overlap", "겹치는 곳에서 ½"),
    "lowers": ("what the generator lowers", "생성자가 낮추는 것"),
    "at_q": ("at q's centre", "q의 중심에서"),
    "slope_at_q": ("slope there", "그곳의 기울기"),
    "trick": ("The non-saturating trick", "포화를 피하는 방법"),
    "trick-chart": ("log(1 − x) and −log x, where x is D of a sample", "샘플의 D를 x라 할 때 log(1 − x)와 −log x"),
    "trick_hint": (
        "Both fall as D(G(z)) rises from 0 to 1. Where a fake is plainly fake, near 0, log(1 − x) has slope −1 "
        "and −log x is steep.",
        "D(G(z))가 0에서 1로 오르면 둘 다 낮아집니다. 가짜임이 뚜렷한 0 근처에서 log(1 − x)의 기울기는 −1이고 "
        "−log x는 가파릅니다.",
    ),
    "now_here": ("q's centre", "q의 중심"),
    "says_same": (
        "**p and q coincide.** Every distance is 0, and no critic can tell them apart.",
        "**p와 q가 같습니다.** 모든 거리가 0이고, 어떤 판별자도 둘을 가리지 못합니다.",
    ),
    "says_overlap": (
        "**The bells overlap.** JS is {js} of at most {most} and still has slope {slope}; W₁ is {w1}, slope 1.",
        "**두 종이 겹칩니다.** JS는 최대 {most} 가운데 {js}이고 기울기 {slope}가 남아 있습니다. "
        "W₁은 {w1}, 기울기 1입니다.",
    ),
    "says_apart": (
        "**At distance {at} the bells hardly overlap.** JS is {js} of at most {most}, slope {slope}; "
        "W₁ is {w1}, slope 1.",
        "**거리 {at}에서는 두 종이 거의 겹치지 않습니다.** JS는 최대 {most} 가운데 {js}, 기울기 {slope}입니다. "
        "W₁은 {w1}, 기울기 1입니다.",
    ),
    "says_uniform_overlap": (
        "**The boxes share some ground.** KL is infinite already; JS is {js} of at most {most}; W₁ is {w1}.",
        "**두 상자가 일부 겹칩니다.** KL은 벌써 무한대이고, JS는 최대 {most} 가운데 {js}, W₁은 {w1}입니다.",
    ),
    "says_uniform_apart": (
        "**The boxes share no ground.** KL is infinite, JS is {js} at any such distance; only W₁ = {w1} still changes.",
        "**두 상자가 겹치지 않습니다.** KL은 무한대, JS는 거리와 상관없이 {js}입니다. W₁ = {w1}만 변합니다.",
    ),
    "says_lines": (
        "**Two parallel lines never overlap.** However near they are JS is {js} and KL infinite; only W₁ = {w1} "
        "shrinks as they close in.",
        "**평행한 두 선은 겹치지 않습니다.** 아무리 가까워도 JS는 {js}, KL은 무한대입니다. "
        "W₁ = {w1}만 다가갈수록 줄어듭니다.",
    ),
}
