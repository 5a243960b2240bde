"""Labels and hints of the knobs, objectives and data.

``KNOB`` and ``KNOB_hint`` for every knob that has one, ``value.X`` for a choice whose word is not the
key itself, ``group.G`` for a group of the Advanced box, ``data.D`` and ``data.D_hint``, ``objective.O``
and ``objective.O_hint``.
"""

from typing import Final

_KNOBS: dict[str, tuple[str, str]] = {
    "data": ("Data", "데이터"),
    "distance": ("Distance between the bells", "두 봉우리 사이의 거리"),
    "distance_hint": (
        "Far apart, Jensen–Shannon hardly changes; W₁ still does.",
        "멀어지면 JS는 거의 변하지 않지만 W₁은 변합니다.",
    ),
    "mixture": ("Mixture", "혼합 분포"),
    "mixture_hint": (
        "Weights that add up to 1, then N(mean, standard deviation).",
        "합이 1인 가중치와 N(평균, 표준편차)를 씁니다.",
    ),
    "objective": ("Objective", "목적 함수"),
    "generator_rate": ("Generator rate", "생성자 학습률"),
    "critic_rate": ("Critic rate", "판별자 학습률"),
    "critic_steps": ("Critic steps per generator step", "생성자 한 단계당 판별자 단계"),
    "critic_steps_hint": (
        "Fixed at 1: a single step moves both at once.",
        "1로 고정됩니다. 단일 단계는 둘을 함께 움직입니다.",
    ),
    "r1": ("Penalty strength (R1)", "벌점 세기 (R1)"),
    "r1_hint": ("Flattens the critic around real points.", "실제 점 둘레에서 판별자를 완만하게 합니다."),
    "r2": ("Penalty on generated points (R2)", "생성점 벌점 (R2)"),
    "r2_hint": ("Flattens the critic around generated points.", "생성점 둘레에서 판별자를 완만하게 합니다."),
    "generator": ("Generator", "생성자"),
    "value.mlp": ("network", "신경망"),
    "value.linear": ("linear, μ + σz", "선형, μ + σz"),
    "generator_depth": ("Generator layers", "생성자 층 수"),
    "generator_width": ("Generator width", "생성자 너비"),
    "generator_activation": ("Generator activation", "생성자 활성 함수"),
    "batch_norm": ("Batch norm in the generator", "생성자 배치 정규화"),
    "critic_depth": ("Critic layers", "판별자 층 수"),
    "critic_width": ("Critic width", "판별자 너비"),
    "critic_activation": ("Critic activation", "판별자 활성 함수"),
    "critic_batch_norm": ("Batch norm in the critic", "판별자 배치 정규화"),
    "critic_batch_norm_hint": ("Not with a gradient penalty.", "기울기 벌점과 함께 쓸 수 없습니다."),
    "spectral_norm": ("Spectral norm", "스펙트럼 정규화"),
    "spectral_norm_hint": ("Keeps the critic's slope near 1.", "판별자의 기울기를 1 가까이로 유지합니다."),
    "fourier": ("Fourier features", "푸리에 특징"),
    "fourier_hint": ("Lets the critic draw finer contours.", "판별자가 더 촘촘한 등고선을 그립니다."),
    "fourier_sigma": ("Fourier frequency σ", "푸리에 주파수 σ"),
    "optimizer": ("Optimiser", "최적화기"),
    "value.adam": ("Adam", "Adam"),
    "value.rmsprop": ("RMSProp", "RMSProp"),
    "value.sgd": ("SGD", "SGD"),
    "beta1": ("β₁, memory of the slope", "β₁, 기울기의 기억"),
    "beta2": ("β₂, memory of its size", "β₂, 크기의 기억"),
    "decay": ("Rates fall to 0 at step", "학습률이 0이 되는 단계"),
    "decay_hint": ("0: they stay as they are.", "0이면 그대로 유지합니다."),
    "gradient_clip": ("Largest gradient norm", "기울기 노름의 상한"),
    "update": ("Order of moves", "움직이는 순서"),
    "value.alternating": ("alternating", "번갈아"),
    "value.single-step": ("single step", "단일 단계"),
    "batch": ("Batch", "배치"),
    "latent": ("Latent dimension", "잠재 차원"),
    "latent_hint": (
        "As many as the data has: the generated density is known.",
        "데이터 차원과 같으면 생성 밀도를 알 수 있습니다.",
    ),
    "noise": ("Latent noise", "잠재 잡음"),
    "value.normal": ("normal", "정규"),
    "value.uniform": ("uniform", "균등"),
    "instance_noise": ("Instance noise", "입력 잡음"),
    "instance_noise_hint": (
        "Blurs what the critic sees; the exact values are of the unblurred laws.",
        "판별자가 보는 점을 흐립니다. 정확한 값은 흐리기 전 분포의 값입니다.",
    ),
    "seed": ("Seed", "시드"),
    "value.relu": ("ReLU", "ReLU"),
    "value.leaky-relu": ("leaky ReLU", "leaky ReLU"),
    "value.elu": ("ELU", "ELU"),
    "value.tanh": ("tanh", "tanh"),
    "value.0": ("off", "끔"),
    "group.penalty": ("Penalties", "벌점"),
    "group.networks": ("Networks", "신경망"),
    "group.optimiser": ("Optimiser", "최적화"),
    "group.moves": ("Order of moves and batch", "순서와 배치"),
    "group.noise": ("Noise", "잡음"),
    "group.run": ("Run", "실행"),
    "step_exact": ("exact step", "정확한 단계"),
    "step_practical": ("practical step", "실용 단계"),
    "step_exact_hint": ("The generator descends the bound itself.", "생성자가 하한 자체를 낮춥니다."),
    "step_practical_hint": (
        "The generator climbs E[g(V)]: the same goal, and a pull that does not fade.",
        "생성자가 E[g(V)]를 높입니다. 목표는 같고 끄는 힘이 사라지지 않습니다.",
    ),
    "parameter.λ": ("Penalty strength λ", "벌점 세기 λ"),
    "parameter.λ_hint": (
        "Holds the critic's slope at 1, so that it measures distance.",
        "판별자의 기울기를 1로 붙들어 거리를 재게 합니다.",
    ),
    "parameter.c": ("Weight limit c", "가중치 한계 c"),
    "parameter.c_hint": (
        "Every critic weight stays within ±c; smaller is flatter.",
        "판별자의 가중치를 ±c 안에 둡니다. 작을수록 완만합니다.",
    ),
    "parameter.π": ("Weight π of the real data", "실제 데이터의 무게 π"),
    "parameter.π_hint": ("1/2 is half of Jensen–Shannon.", "1/2이면 JS 발산의 절반입니다."),
    "parameter.α": ("Order α", "차수 α"),
    "parameter.α_hint": (
        "0 is reverse KL, 1 is KL, 2 is half of Pearson.",
        "0은 역KL, 1은 KL, 2는 피어슨의 절반입니다.",
    ),
}

_DATA: dict[str, tuple[str, str]] = {
    "dim1": ("on the line", "1차원"),
    "dim2": ("in the plane", "2차원"),
    "fgan-mixture": ("f-GAN mixture", "f-GAN 혼합 분포"),
    "fgan-mixture_hint": ("0.33 N(−1, sd 0.255) + 0.67 N(2, sd 1.415)", "0.33 N(−1, sd 0.255) + 0.67 N(2, sd 1.415)"),
    "far-gaussians": ("Two far Gaussians", "멀리 떨어진 두 정규분포"),
    "far-gaussians_hint": ("Two even bells of sd 1/2.", "표준편차 1/2인 두 종 모양입니다."),
    "uniform": ("Uniform", "균등분포"),
    "uniform_hint": (
        "Flat from −2 to 2: a bell always spills over.",
        "−2부터 2까지 평평합니다. 종 모양은 늘 밖으로 넘칩니다.",
    ),
    "laplace": ("Laplace", "라플라스 분포"),
    "laplace_hint": ("A peak, and tails heavier than a bell's.", "뾰족하고, 꼬리가 정규분포보다 두껍습니다."),
    "student-t": ("Student t", "스튜던트 t"),
    "student-t_hint": (
        "3 degrees of freedom: no bell covers the tails.",
        "자유도 3입니다. 정규분포로 꼬리를 덮을 수 없습니다.",
    ),
    "mixture": ("Your own mixture", "직접 쓴 혼합 분포"),
    "8-gaussians": ("8 Gaussians", "정규분포 8개"),
    "25-gaussians": ("25 Gaussians", "정규분포 25개"),
    "25-gaussians_hint": ("The hard one: watch the modes, not W₂.", "어려운 문제입니다. W₂보다 봉우리를 보세요."),
    "swiss-roll": ("Swiss roll", "스위스 롤"),
    "ring": ("Ring", "고리"),
    "two-moons": ("Two moons", "두 반달"),
    "checkerboard": ("Checkerboard", "체커판"),
    "pinwheel": ("Pinwheel", "바람개비"),
    "two-gaussians": ("Two Gaussians", "정규분포 2개"),
    "line": ("Line", "선분"),
    "line_hint": ("All but one-dimensional: no ratio off the line.", "거의 1차원이라 선 밖에는 비율이 없습니다."),
    "three-blobs": ("Three blobs", "덩어리 3개"),
}

_OBJECTIVES: dict[str, tuple[str, str]] = {
    "family.divergence": ("f-divergences", "f-발산"),
    "family.game": ("other games", "다른 게임"),
    "total-variation": ("Total variation", "총변동"),
    "total-variation_hint": (
        "f(u) = |u − 1|/2. The critic only learns on which side it is.",
        "f(u) = |u − 1|/2. 판별자는 어느 쪽인지만 배웁니다.",
    ),
    "kl": ("Kullback–Leibler", "쿨백–라이블러 (KL)"),
    "kl_hint": (
        "f(u) = u log u. Covers mass: q must not miss where p is.",
        "f(u) = u log u. p가 있는 곳을 q가 빠뜨리면 크게 벌합니다.",
    ),
    "reverse-kl": ("reverse KL", "역KL"),
    "reverse-kl_hint": (
        "f(u) = −log u. Seeks modes: q must not be where p is not.",
        "f(u) = −log u. p가 없는 곳에 q가 있으면 크게 벌합니다.",
    ),
    "pearson": ("Pearson χ²", "피어슨 χ²"),
    "pearson_hint": (
        "f(u) = (u − 1)². Covers mass more strictly than KL.",
        "f(u) = (u − 1)². KL보다 더 엄격하게 덮습니다.",
    ),
    "neyman": ("Neyman χ²", "네이만 χ²"),
    "neyman_hint": (
        "f(u) = (1 − u)²/u. Seeks modes more strictly than reverse KL.",
        "f(u) = (1 − u)²/u. 역KL보다 더 엄격하게 봉우리를 좇습니다.",
    ),
    "hellinger": ("Squared Hellinger", "제곱 헬링거"),
    "hellinger_hint": (
        "f(u) = (√u − 1)². Between 0 and 2, even to both sides.",
        "f(u) = (√u − 1)². 0과 2 사이이고 양쪽에 고릅니다.",
    ),
    "jeffrey": ("Jeffrey", "제프리"),
    "jeffrey_hint": ("f(u) = (u − 1) log u: KL + reverse KL.", "f(u) = (u − 1) log u. KL과 역KL의 합입니다."),
    "js": ("Jensen–Shannon", "옌센–섀넌 (JS)"),
    "js_hint": (
        "f(u) = u log u − (u + 1) log((u + 1)/2). From 0 to 2 log 2 = 1.386.",
        "f(u) = u log u − (u + 1) log((u + 1)/2). 0부터 2 log 2 = 1.386까지입니다.",
    ),
    "weighted-js": ("weighted JS", "가중 JS"),
    "weighted-js_hint": ("Jensen–Shannon with weight π on the real side.", "실제 쪽에 무게 π를 둔 JS입니다."),
    "gan": ("GAN", "GAN"),
    "gan_hint": (
        "Jensen–Shannon less log 4: with one seed the two runs coincide.",
        "JS에서 log 4를 뺀 값입니다. 같은 시드면 JS와 똑같이 움직입니다.",
    ),
    "alpha": ("α-divergence", "α-발산"),
    "alpha_hint": ("From reverse KL (α = 0) to KL (1) and beyond.", "역KL(α = 0)부터 KL(1), 그 너머까지 잇습니다."),
    "lsgan": ("LSGAN", "LSGAN"),
    "lsgan_hint": ("Least squares: real is 1, generated is 0.", "최소제곱입니다. 실제는 1, 생성은 0입니다."),
    "hinge": ("Hinge", "힌지"),
    "hinge_hint": ("The critic stops once it is sure by 1.", "판별자는 1만큼 확신하면 멈춥니다."),
    "relativistic": ("Relativistic pairs", "상대적 GAN"),
    "relativistic_hint": (
        "Is this real point more real than that generated one?",
        "이 실제 점이 저 생성점보다 더 진짜 같은지 묻습니다.",
    ),
    "wgan": ("WGAN, clipped", "WGAN, 가중치 자르기"),
    "wgan_hint": ("W₁ by a critic of limited slope.", "기울기를 제한한 판별자로 W₁을 잽니다."),
    "wgan-gp": ("WGAN-GP", "WGAN-GP"),
    "wgan-gp_hint": ("W₁, the critic's slope pulled to 1.", "W₁입니다. 판별자의 기울기를 1로 당깁니다."),
    "wgan-gp-one-sided": ("WGAN-GP, one-sided", "WGAN-GP, 한쪽"),
    "wgan-gp-one-sided_hint": ("W₁, only slopes above 1 are pulled down.", "W₁입니다. 1을 넘는 기울기만 낮춥니다."),
}

SECTION: Final[dict[str, tuple[str, str]]] = (
    _KNOBS
    | {f"data.{key}": words for key, words in _DATA.items()}
    | {f"objective.{key}": words for key, words in _OBJECTIVES.items()}
)
