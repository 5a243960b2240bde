"""Words of the panel "Lipschitz"."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "tab": ("Lipschitz", "립시츠"),
    "try": (
        "Press Train and watch the bars: the penalised critic's slopes gather at 1, the clipped one's lie far off. "
        "Then λ = 0.1: too weak to hold them.",
        "학습을 누르고 막대를 보세요. 벌점 판별자의 기울기는 1에 모이고, 자른 판별자는 멀리 벗어납니다. "
        "그다음 λ = 0.1은 너무 약합니다.",
    ),
    "try_layers": (
        "Press Train and watch the lines tilt: c = 0.1 makes the gradient grow from layer to layer, c = 0.01 makes it "
        "vanish, the penalty keeps it level.",
        "학습을 누르고 선이 기우는 것을 보세요. c = 0.1이면 기울기가 층마다 커지고, c = 0.01이면 사라지며, "
        "벌점은 평평하게 둡니다.",
    ),
    "references": (
        "Gulrajani et al. 2017, “Improved Training of Wasserstein GANs”, figure 1. "
        "The same numbers: python -m gan_playground reproduce wgan-gp-surfaces, clip-gradients.",
        "Gulrajani 외 2017, “Improved Training of Wasserstein GANs”, 그림 1. "
        "같은 수치의 명령: python -m gan_playground reproduce wgan-gp-surfaces, clip-gradients.",
    ),
    "scene": ("Shown", "보기"),
    "scene_surfaces": ("Surfaces", "곡면"),
    "scene_layers": ("12 layers", "12층"),
    "data": ("Data: Gaussians, or a roll", "데이터: 정규분포 또는 롤"),
    "data_25-gaussians": ("25", "25개"),
    "data_8-gaussians": ("8", "8개"),
    "data_swiss-roll": ("Swiss roll", "스위스 롤"),
    "clip": ("Clip c", "자르기 c"),
    "clip_0.01": ("0.01", "0.01"),
    "clip_0.1": ("0.1", "0.1"),
    "weight": ("Penalty λ", "벌점 λ"),
    "weight_10": ("10", "10"),
    "weight_0.1": ("0.1", "0.1"),
    "training": ("Training, steps", "학습, 단계"),
    "train": ("Train", "학습"),
    "hold": ("Pause", "멈춤"),
    "again": ("From the start", "처음부터"),
    "training_hint": (
        "The generator stands still: data plus unit noise. Everybody watches the same training.",
        "생성자는 멈춰 있습니다. 데이터에 단위 잡음을 더한 것입니다. 모두가 같은 학습을 봅니다.",
    ),
    "real": ("data", "데이터"),
    "generated": ("data + N(0, I)", "데이터 + N(0, I)"),
    "name_clip": ("Clipped, c = {c}", "자르기, c = {c}"),
    "name_penalty": ("Gradient penalty, λ = {weight}", "기울기 벌점, λ = {weight}"),
    "field-clip": ("The clipped critic's values over the plane", "평면 위 자른 판별자의 값"),
    "field-penalty": ("The penalised critic's values over the plane", "평면 위 벌점 판별자의 값"),
    "slopes": ("|∇f| between samples", "샘플 사이의 |∇f|"),
    "slopes-clip": ("How steep the clipped critic is between samples", "샘플 사이에서 자른 판별자의 기울기"),
    "slopes-penalty": ("How steep the penalised critic is between samples", "샘플 사이에서 벌점 판별자의 기울기"),
    "beyond": ("{share} steeper than 2", "{share}는 2보다 가파름"),
    "read_within": ("points with slope 1 ± 0.1", "기울기 1 ± 0.1인 점"),
    "read_slope": ("median slope", "기울기의 중앙값"),
    "read_reached": ("estimate / largest slope, of W₁ ≈ {w1}", "추정 / 최대 기울기, W₁ ≈ {w1} 가운데"),
    "read_dip": ("dip between neighbours, of 1", "이웃 사이의 골, 최대 1"),
    "layer_norms": ("Gradient by layer", "층별 기울기"),
    "norms": ("The gradient's norm at each of 13 layers", "13개 층 각각의 기울기 크기"),
    "decades": ("powers of ten of |∂L/∂a|", "|∂L/∂a|, 10의 거듭제곱"),
    "layer": ("layer", "층"),
    "beside_names": ("beside each name: powers of ten a layer", "이름 옆: 층마다 10의 거듭제곱"),
    "weights": ("Where the weights are", "가중치가 있는 곳"),
    "weights-chart": ("Histogram of the weights", "가중치의 히스토그램"),
    "share_of_weights": ("share of the weights", "가중치의 비율"),
    "says_opening": (
        "**Opening the training …** The first time it takes about ten seconds.",
        "**학습을 여는 중입니다 …** 처음에는 10초쯤 걸립니다.",
    ),
    "says_start": (
        "**Untrained.** Both critics begin with the same weights. Press Train.",
        "**학습 전입니다.** 두 판별자는 같은 가중치에서 시작합니다. 학습을 누르세요.",
    ),
    "says_surfaces": (
        "**The penalty holds the slope near 1.** It is 1 ± 0.1 at {within} of the points; clipped, it is {clipped}.",
        "**벌점이 기울기를 1 근처에 둡니다.** 점의 {within}가 1 ± 0.1이고, 자른 판별자의 기울기는 {clipped}입니다.",
    ),
    "says_weak": (
        "**λ = 0.1 is too weak.** The slope is {slope}, and only {within} of the points are near 1.",
        "**λ = 0.1은 너무 약합니다.** 기울기가 {slope}이고, 1에 가까운 점은 {within}뿐입니다.",
    ),
    "says_layers_start": (
        "**Untrained, all alike.** He’s initial weights keep the gradient’s size from layer to layer. Press Train.",
        "**학습 전에는 모두 같습니다.** He 초기화는 층마다 기울기의 크기를 지킵니다. 학습을 누르세요.",
    ),
    "says_layers": (
        "**Clipping explodes or starves.** c = 0.1 grows by {grows} decades a layer, 0.01 loses {dies}; "
        "the penalty moves by {flat}.",
        "**자르기는 폭발하거나 굶깁니다.** 층마다 c = 0.1은 10의 {grows}제곱배 커지고, 0.01은 {dies}제곱배 작아집니다. "
        "벌점은 {flat}입니다.",
    ),
}
