"""Words of the rebuilt results."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "unknown": (
        "'{value}' names no result; choose one of {names}.",
        "'{value}'라는 결과는 없습니다. 다음 중에서 고르세요: {names}.",
    ),
    "seeds": (
        "{value} is no number of seeds; give a whole number from 1 to {most}.",
        "{value}은(는) 시드 개수가 될 수 없습니다. 1부터 {most}까지의 정수를 쓰세요.",
    ),
    "not_html": (
        "'{value}' does not end in .html; name an HTML file.",
        "'{value}'는 .html로 끝나지 않습니다. HTML 파일 이름을 쓰세요.",
    ),
    "no_name": (
        "No result is named; give one of {names}, or all, or --list.",
        "결과 이름이 없습니다. {names} 중 하나나 all, 또는 --list를 쓰세요.",
    ),
    "no_figure_of_all": (
        "'{value}' cannot hold the figures of all results; name one result beside --figure.",
        "'{value}' 하나에 모든 결과의 그림을 담을 수 없습니다. --figure에는 결과 하나만 쓰세요.",
    ),
    "no_figure": (
        "{name} has no figure; leave --figure {value} out.",
        "{name}에는 그림이 없습니다. --figure {value}를 빼세요.",
    ),
    "real": ("real", "실제"),
    "generated": ("generated", "생성"),
    # --- how sure a published number is
    "mark_read": ("read in the source", "원문에서 확인"),
    "mark_notes": ("read in notes on it", "해설에서 확인"),
    "mark_derived": ("derived", "유도한 값"),
    "mark_remembered": ("remembered, not re-read", "기억에 따름, 미확인"),
    "column_what": ("quantity", "양"),
    "column_ours": ("ours", "여기"),
    "column_paper": ("paper", "논문"),
    "column_deviation": ("deviation", "차이"),
    "column_mark": ("the paper's number is", "논문 값의 출처"),
    "no_seeds": ("none, nothing is drawn", "없음(난수를 쓰지 않음)"),
    "taken": ("Seeds: {seeds}. Time: {seconds} s.", "시드: {seeds}. 시간: {seconds}초."),
    # --- em-boxes
    "em_boxes": (
        "Boxes at 1, 2, 3 moved to 7, 8, 9, 10: under |x - y| every plan costs 42; under (x - y)² one is cheapest.",
        "1, 2, 3의 상자를 7, 8, 9, 10으로 옮기기: |x - y|로는 모든 계획이 42, (x - y)²로는 가장 싼 것이 있습니다.",
    ),
    "em_margins": (
        "All {plans} whole plans, and both that are shown, have the given margins.",
        "정수 계획 {plans}개와 보여 준 두 계획 모두 주어진 주변합을 지킵니다.",
    ),
    "em_every": (
        "Under |x - y| each of the {plans} plans costs {cost:g}: every target lies right of every box.",
        "|x - y|로는 계획 {plans}개가 모두 {cost:g}입니다. 모든 도착점이 모든 상자의 오른쪽에 있기 때문입니다.",
    ),
    "em_dual": (
        "The dual potentials reach the cheapest of all plans: {near:g} and {square:g}.",
        "쌍대 퍼텐셜의 값이 모든 계획 중 가장 싼 값과 같습니다: {near:g}, {square:g}.",
    ),
    "em_joint": (
        "The 4×4 joint law has the margins 1/2, 1/4, 1/8, 1/8 and 1/4 each.",
        "4×4 결합 분포의 주변 분포는 1/2, 1/4, 1/8, 1/8과 각각 1/4입니다.",
    ),
    # --- theorem-1
    "theorem_1": (
        "Near a strong saddle point single steps arrive at a guaranteed rate; on xy they spiral out.",
        "강한 안장점 근처에서 단일 단계는 보장된 속도로 다가가고, xy에서는 나선을 그리며 멀어집니다.",
    ),
    "theorem_bound": (
        "On every seed, over {steps} steps, J stays at or below the guarantee: J / bound is at most {worst:.6f}.",
        "모든 시드에서 {steps}단계 동안 J는 보장된 값을 넘지 않습니다. J / 상한은 최대 {worst:.6f}입니다.",
    ),
    "theorem_sharp": (
        "Where A = C = δI and B is orthogonal up to a factor, J falls by exactly 1 - δ²/L = {factor:.4f} a step.",
        "A = C = δI이고 B가 직교 행렬의 상수배이면 J는 단계마다 정확히 1 - δ²/L = {factor:.4f}배가 됩니다.",
    ),
    "theorem_spiral": (
        "On xy single steps of {eta} spiral out by √(1 + η²) each: {growth:.9f}.",
        "xy에서 크기 {eta}의 단일 단계는 매번 √(1 + η²)배씩 멀어집니다: {growth:.9f}.",
    ),
    "theorem_ring": (
        "Alternating steps neither leave nor arrive: they stay between {low:.3f} and {high:.3f} from the saddle point.",
        "교대 단계는 떠나지도 닿지도 않습니다. 안장점에서 {low:.3f}과 {high:.3f} 사이에 머뭅니다.",
    ),
    "theorem_dirac": (
        "Of the five Dirac-GANs only the one with R1 arrives, in {steps} single steps of {eta}.",
        "Dirac-GAN 다섯 가지 중 크기 {eta}의 단일 단계 {steps}번으로 수렴하는 것은 R1뿐입니다.",
    ),
    # --- drs-25-gaussians
    "drs_25_gaussians": (
        "25 Gaussians before and after rejection: modes and share within 4 sd, for none and four samplers.",
        "가우스 25개에서 기각 전과 후: 기각 없이, 그리고 네 표집기로 얻은 봉우리 수와 4 sd 안의 비율.",
    ),
    "drs_drs": (
        "DRS at the 80th percentile: {share:.2%} within 4 sd (least {lowest:.2%}), {modes} modes, {rate:.1%} kept; "
        "at least {bar:.0%} and 25 are asked for.",
        "80번째 백분위수의 DRS: 4 sd 안 {share:.2%}(최소 {lowest:.2%}), 봉우리 {modes}개, {rate:.1%} 남음. "
        "기준은 {bar:.0%} 이상, 25개입니다.",
    ),
    "drs_obrs": (
        "OBRS at half: {share:.2%} within 4 sd (least {lowest:.2%}), {modes} modes, {rate:.1%} kept; at least "
        "{bar:.0%} and 25 are asked for.",
        "절반을 남기는 OBRS: 4 sd 안 {share:.2%}(최소 {lowest:.2%}), 봉우리 {modes}개, {rate:.1%} 남음. "
        "기준은 {bar:.0%} 이상, 25개입니다.",
    ),
    "drs_networks": (
        "Ours trains a relativistic game with R1 and R2 on a Fourier-feature critic, so it starts higher than the "
        "paper's; compare what rejection adds.",
        "여기서는 푸리에 특징 판별자와 R1, R2를 쓴 상대적 게임을 학습하므로 논문보다 높은 곳에서 시작합니다. "
        "기각이 더하는 만큼을 비교하십시오.",
    ),
    "drs_percentile": (
        "The paper's toy seems to use the 95th percentile, which keeps fewer.",
        "논문의 실험은 95번째 백분위수를 쓴 듯하며, 그러면 더 적게 남습니다.",
    ),
    "drs_perfect": (
        "A perfect sample of the data has .9997 within 4 sd, and a spread of .9987 of the data's within a mode.",
        "데이터 자체의 표본이라도 4 sd 안은 .9997, 봉우리 안의 퍼짐은 데이터의 .9987배입니다.",
    ),
    # --- gan-shift
    "gan_shift": (
        "q moved away from p by 0 to 35: Jensen-Shannon saturates and its gradient dies, W1 stays straight.",
        "q를 p에서 0부터 35까지 옮기기: JS는 포화되어 기울기가 사라지고, W1은 곧게 늘어납니다.",
    ),
    "shift_twin": (
        "Closed forms and quadrature agree: they differ by at most {worst:.1e} of the value.",
        "닫힌 식과 수치 적분이 일치합니다. 차이는 값의 최대 {worst:.1e}입니다.",
    ),
    "shift_top": (
        "At 35, js is {js:.7f} = 2 log 2 and jsd is {jsd:.7f} = log 2: no shift can raise them.",
        "35에서 js는 {js:.7f} = 2 log 2, jsd는 {jsd:.7f} = log 2입니다. 더 옮겨도 커지지 않습니다.",
    ),
    "shift_dies": (
        "At 35 the gradient of js is exp({log:.1f}); that of W1 is {w1:g}.",
        "35에서 js의 기울기는 exp({log:.1f})이고, W1의 기울기는 {w1:g}입니다.",
    ),
    "shift_pearson": (
        "Pearson's divergence at 35 is exp({log:.1f}) - 1, beyond float64: it is written by its logarithm.",
        "35에서 피어슨 발산은 exp({log:.1f}) - 1로 float64를 넘으므로 로그로 적습니다.",
    ),
    "shift_lines": (
        "Two parallel lines have infinite KL and constant JS at every shift above 0.",
        "평행한 두 직선은 0이 아닌 모든 거리에서 KL이 무한대이고 JS가 일정합니다.",
    ),
    # --- fgan-mixture
    "fgan_mixture": (
        "One bell fitted to a mixture under each divergence: the exact best, what a game learns, and who tests whom.",
        "혼합 분포에 종 하나를 발산마다 맞추기: 정확한 최적, 게임이 배운 것, 서로의 시험 결과.",
    ),
    "fgan_exact": (
        "The 15 exact numbers are the paper's to {off:.1e} (bar {bar:.0e}).",
        "정확한 수 15개가 논문과 {off:.1e} 안에서 같습니다(기준 {bar:.0e}).",
    ),
    "fgan_trained": (
        "Every learned bell is within {bar:g} % of the best: the worst is {name}, seed {seed}, {worst:.2f} % above.",
        "배운 종은 모두 최적보다 {bar:g} % 안에 있습니다. 가장 나쁜 것은 {name}, 시드 {seed}로 {worst:.2f} % 위입니다.",
    ),
    "fgan_bound": (
        "By quadrature no critic's bound lies above the exact divergence (largest difference {above:.1e}).",
        "적분으로 구한 판별자의 하한은 정확한 발산을 넘지 않습니다(가장 큰 차이 {above:.1e}).",
    ),
    "fgan_diagonal": (
        "In the exact train/test table each column is least on the diagonal, to within {lead:.2f} % (bar 1 %).",
        "정확한 학습/시험 표의 각 열은 대각선에서 가장 작습니다. 차이는 {lead:.2f} % 이내입니다(기준 1 %).",
    ),
    "fgan_mu": (
        "μ* grows from Pearson over KL, JS and Jeffrey to reverse KL.",
        "μ*는 피어슨, KL, JS, 제프리, 역 KL 순으로 커집니다.",
    ),
    "fgan_sigma": (
        "σ* falls in the same order: from covering the mass to seeking a mode.",
        "σ*는 같은 순서로 줄어듭니다. 전체를 덮다가 봉우리 하나를 찾아갑니다.",
    ),
    "fgan_plain": (
        "The plain step size .01 gets {within} of {of} within 1 % in {steps} steps; {name} is {worst:.0f} % above.",
        "단순한 학습률 .01로는 {steps}단계에 {of}개 중 {within}개가 1 % 안에 듭니다. {name}: {worst:.0f} % 위.",
    ),
    "fgan_unbarred": (
        "No bar: {name}, seed {seed}, ends {excess:.0f} % above the best.",
        "기준 없음: {name}, 시드 {seed}는 최적보다 {excess:.0f} % 위에서 끝납니다.",
    ),
    "fgan_remembered": (
        "The mixture is not printed in the paper: it is reconstructed from the 15 exact numbers of its table.",
        "논문에는 혼합 분포의 값이 없습니다. 표의 정확한 수 15개에서 되찾았습니다.",
    ),
    "fgan_re_estimated": (
        "The paper's train/test table is a critic's estimate, a lower bound; ours is the exact divergence.",
        "논문의 학습/시험 표는 판별자의 추정(하한)이고, 여기의 표는 정확한 발산입니다.",
    ),
    "fgan_tv": (
        "Total variation's critic is a tanh: once it is sure, its slope is 0 and the generator stands still.",
        "전변동의 판별자는 tanh입니다. 확신하고 나면 기울기가 0이 되어 생성자가 멈춥니다.",
    ),
    # --- wgan-gp-surfaces
    "wgan_gp_surfaces": (
        "Critics at their best on data against data plus unit noise: the gradient penalty sees modes, clipping blurs.",
        "데이터와 잡음을 더한 데이터 사이의 최적 판별자: 기울기 벌점은 봉우리를 보고, 자르기는 뭉갭니다.",
    ),
    "surfaces_within": (
        "{data}, λ = 10: the gradient's norm is 1 ± .1 at {share:.1f} % of the points between samples.",
        "{data}, λ = 10: 표본 사이의 점 중 {share:.1f} %에서 기울기의 크기가 1 ± .1입니다.",
    ),
    "surfaces_weak": (
        "λ = .1 is too weak for that: at most {share:.1f} % of the points have such a gradient.",
        "λ = .1은 너무 약합니다. 그런 점이 많아야 {share:.1f} %입니다.",
    ),
    "surfaces_dip": (
        "{data}: between neighbours the penalised critic falls by {penalty:.2f} of what its slope allows, the clipped "
        "one by {clip:.2f}.",
        "{data}: 이웃 사이에서 벌점 판별자는 기울기가 허용하는 낙차의 {penalty:.2f}, 자른 것은 {clip:.2f}입니다.",
    ),
    "surfaces_reached": (
        "{data}: estimate / largest slope reaches {penalty:.0f} % of W1 penalised, {clip:.0f} % clipped at .01.",
        "{data}: 추정 / 최대 기울기는 벌점으로 W1의 {penalty:.0f} %, .01로 자르면 {clip:.0f} %에 이릅니다.",
    ),
    "surfaces_soft": (
        "The penalty is soft: its best slope is 1 + W1 / (2 λ), so the estimate lies above W1 by as much; divided by "
        "the largest slope it is a lower bound. w1 is measured on 1,500 samples a side.",
        "벌점은 느슨합니다. 최적 기울기가 1 + W1 / (2 λ)이므로 추정값이 그만큼 W1보다 큽니다. 가장 큰 기울기로 나누면 "
        "하한이 됩니다. w1은 표본 1,500개씩으로 잰 값입니다.",
    ),
    # --- clip-gradients
    "clip_gradients": (
        "Gradients through 12 layers: clipped at .1 they explode, at .01 and .001 they vanish; penalised they stay.",
        "12층을 지나는 기울기: .1로 자르면 폭발하고, .01과 .001로 자르면 사라지고, 벌점을 주면 그대로입니다.",
    ),
    "clip_explodes": (
        "{game}: toward the first layer the gradient grows, {slope:.2f} decades a layer upward.",
        "{game}: 첫 층으로 갈수록 기울기가 커집니다. 위로 한 층마다 10의 {slope:.2f}제곱배입니다.",
    ),
    "clip_vanishes": (
        "{game}: toward the first layer the gradient dies, {slope:.2f} decades a layer upward.",
        "{game}: 첫 층으로 갈수록 기울기가 사라집니다. 위로 한 층마다 10의 {slope:.2f}제곱배입니다.",
    ),
    "clip_flat": (
        "wgan-gp(10): the gradient is of one size in all layers, within {slope:.3f} decades a layer.",
        "wgan-gp(10): 모든 층에서 기울기의 크기가 같습니다. 한 층에 10의 {slope:.3f}제곱배 이내입니다.",
    ),
    "clip_piled": (
        "{share:.0f} % of the weights of wgan(0.01) lie at ±c.",
        "wgan(0.01)의 가중치 중 {share:.0f} %가 ±c에 몰려 있습니다.",
    ),
    "clip_signs": (
        "Which curve of the figure explodes and which vanish is taken from notes: the paper's numbers are not printed. "
        "A critic alone is trained here for 100 steps; the generator stands still.",
        "그림의 어느 곡선이 폭발하고 사라지는지는 해설을 따랐습니다. 논문에 수치는 없습니다. "
        "여기서는 생성자를 세워 두고 판별자만 100단계 학습합니다.",
    ),
    # --- wgan-estimates
    "wgan_estimates": (
        "A generator moved away: the critic's estimate follows W1, the discriminator's stays near log 2.",
        "생성자를 멀리 옮기기: WGAN 판별자의 추정은 W1을 따르고, GAN 판별자의 추정은 log 2에 머뭅니다.",
    ),
    "estimates_below": (
        "No lower bound lies above the truth (largest difference {above:.1e}).",
        "어떤 하한도 참값을 넘지 않습니다(가장 큰 차이 {above:.1e}).",
    ),
    "estimates_near": (
        "Divided by its largest slope, the penalised critic finds {share:.0f} % of W1 or more at every shift.",
        "가장 큰 기울기로 나누면 벌점 판별자는 모든 거리에서 W1의 {share:.0f} % 이상을 찾습니다.",
    ),
    "estimates_law": (
        "Undivided it is θ (1 + θ / 2λ), as the soft penalty makes it, to {off:.1f} %.",
        "나누지 않으면 느슨한 벌점의 식 θ (1 + θ / 2λ)과 {off:.1f} % 안에서 같습니다.",
    ),
    "estimates_grow": (
        "Both Wasserstein estimates grow with every shift.",
        "두 바서슈타인 추정은 멀어질수록 커집니다.",
    ),
    "estimates_stuck": (
        "From 4 to 8 the JS estimate rises by {late:.3f}, to log 2; it is at most {short:.4f} below the truth.",
        "4에서 8까지 JS 추정은 {late:.3f}만 올라 log 2에 이릅니다. 참값보다 많아야 {short:.4f} 작습니다.",
    ),
    "estimates_soft": (
        "A clipped critic's estimate is W1 times an unknown constant: only estimate / largest slope can be compared.",
        "자른 판별자의 추정은 W1에 알 수 없는 상수를 곱한 값입니다. 추정 / 최대 기울기만 비교할 수 있습니다.",
    ),
    # --- wgan-critics
    "wgan_critics": (
        "The best discriminator and critic between two Gaussians: one saturates, the other is a line.",
        "두 가우스 분포 사이의 최적 판별자: GAN의 것은 포화되고, WGAN의 것은 직선입니다.",
    ),
    "critics_dead": (
        "At the generated mean log(1 - D*) has slope {exact:.1e}; the trained discriminator's is {felt:.1e}.",
        "생성 평균에서 log(1 - D*)의 기울기는 {exact:.1e}, 학습한 판별자에서는 {felt:.1e}입니다.",
    ),
    "critics_alive": (
        "There the penalised critic's slope is {slope:.3f}; the soft penalty makes it 1 + W1 / 2λ = {soft:.2f}.",
        "같은 곳에서 벌점 판별자의 기울기는 {slope:.3f}입니다. 느슨한 벌점의 값은 1 + W1 / 2λ = {soft:.2f}입니다.",
    ),
    "critics_linear": (
        "{game} is a line over all of both: R² = {fit:.4f}.",
        "{game}은(는) 두 분포 전체에서 직선입니다: R² = {fit:.4f}.",
    ),
}
