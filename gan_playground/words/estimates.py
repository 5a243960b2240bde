"""Words of the panel "What the loss says"."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "tab": ("What the loss says", "손실이 하는 말"),
    "try": (
        "Train, then move the generator from 2 to 8. The Wasserstein estimate goes on growing; the JS estimate is at "
        "log 2 and says nothing more.",
        "학습한 뒤 생성자를 2에서 8까지 옮겨 보세요. 바서슈타인 추정은 계속 커지지만, JS 추정은 log 2에 붙어 "
        "더는 말해 주지 않습니다.",
    ),
    "references": (
        "Arjovsky, Chintala, Bottou 2017, “Wasserstein GAN”, figures 3 and 4. "
        "The same numbers: python -m gan_playground reproduce wgan-estimates.",
        "Arjovsky, Chintala, Bottou 2017, “Wasserstein GAN”, 그림 3과 4. "
        "같은 수치의 명령: python -m gan_playground reproduce wgan-estimates.",
    ),
    "at": ("Generator moved by θ", "생성자를 옮긴 거리 θ"),
    "at_hint": (
        "Critics are trained at eight shifts; the nearest one is drawn.",
        "거리 여덟 곳에서 판별자를 학습합니다. 가장 가까운 것을 그립니다.",
    ),
    "training": ("Training, steps", "학습, 단계"),
    "train": ("Train", "학습"),
    "hold": ("Pause", "멈춤"),
    "again": ("From the start", "처음부터"),
    "training_hint": (
        "24 critics learn at once. Everybody watches the same training.",
        "판별자 24개가 함께 배웁니다. 모두가 같은 학습을 봅니다.",
    ),
    "real": ("real p = N(0, 1)", "실제 p = N(0, 1)"),
    "generated": ("generated q = N(θ, 1)", "생성 q = N(θ, 1)"),
    "critic": ("critic f, WGAN-GP", "판별자 f, WGAN-GP"),
    "discriminator": ("discriminator D, GAN", "판별자 D, GAN"),
    "scene": ("The two laws, and the critics trained on them", "두 분포와 거기서 학습한 판별자"),
    "at_shift": ("critics of θ = {shift}", "θ = {shift}의 판별자"),
    "wasserstein": ("The critic's estimate of W₁", "판별자의 W₁ 추정"),
    "w1": ("Estimates of W1 against the shift", "거리에 따른 W₁ 추정"),
    "exact": ("exact W₁ = θ", "정확한 W₁ = θ"),
    "estimate_gp": ("WGAN-GP, as it is", "WGAN-GP, 그대로"),
    "bound_gp": ("WGAN-GP / largest slope", "WGAN-GP / 최대 기울기"),
    "bound_clip": ("clipped / largest slope", "자르기 / 최대 기울기"),
    "jensen_shannon": ("The discriminator's estimate of JS", "판별자의 JS 추정"),
    "jsd": ("Estimate of the Jensen-Shannon divergence against the shift", "거리에 따른 JS 추정"),
    "read_estimate": ("WGAN-GP’s estimate", "WGAN-GP의 추정"),
    "read_soft": ("θ (1 + θ / 2λ), by the soft penalty", "θ (1 + θ / 2λ), 느슨한 벌점의 값"),
    "read_bound": ("estimate / largest slope, at most W₁", "추정 / 최대 기울기, W₁ 이하"),
    "read_js": ("JS estimate", "JS 추정"),
    "read_js_exact": ("exact JS (½), at most log 2", "정확한 JS (½), 최대 log 2"),
    "says_opening": (
        "**Opening the training …** The first time it takes about ten seconds.",
        "**학습을 여는 중입니다 …** 처음에는 10초쯤 걸립니다.",
    ),
    "says_start": (
        "**Untrained critics say nothing.** Press Train: 24 critics learn, one for each shift and kind.",
        "**학습하지 않은 판별자는 아무 말도 없습니다.** 학습을 누르면 거리와 종류마다 하나씩 24개가 배웁니다.",
    ),
    "says_near": (
        "**Here both know the distance.** W₁ is {shift}, found to {bound}; JS is {js} and the estimate {estimate}.",
        "**여기서는 둘 다 거리를 압니다.** W₁ = {shift}이고 하한은 {bound}, JS = {js}이고 추정은 {estimate}입니다.",
    ),
    "says_far": (
        "**The JS estimate is stuck near log 2: {estimate}.** The critic still says {bound} of W₁ = {shift}.",
        "**JS 추정은 log 2 근처에 붙어 있습니다: {estimate}.** 판별자는 W₁ = {shift} 가운데 {bound}를 말합니다.",
    ),
}
