"""Words of the panel "Saddle points"."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "tab": ("Saddle points", "안장점"),
    "try": (
        "Choose xy and raise the step: single steps spiral out, alternating ones go round. "
        "Then Dirac-GAN: only R1 comes to rest.",
        "xy를 고르고 걸음을 키워 보세요. 단일 단계는 나선을 그리며 멀어지고, 교대 단계는 맴돕니다. "
        "그다음 Dirac-GAN에서는 R1만 멈춥니다.",
    ),
    "references": (
        "Nowozin, Cseke, Tomioka 2016, “f-GAN”, theorem 1. "
        "Mescheder, Geiger, Nowozin 2018, “Which Training Methods for GANs do actually Converge?”",
        "Nowozin, Cseke, Tomioka 2016, “f-GAN”, 정리 1. "
        "Mescheder, Geiger, Nowozin 2018, “Which Training Methods for GANs do actually Converge?”",
    ),
    "scene": ("Game", "게임"),
    "scene_theorem": ("Theorem 1", "정리 1"),
    "scene_bilinear": ("xy", "xy"),
    "scene_dirac": ("Dirac-GAN", "Dirac-GAN"),
    "delta": ("Convexity δ", "볼록성 δ"),
    "delta_hint": ("How strongly each player is held to its best.", "각 참가자를 최선으로 되돌리는 힘입니다."),
    "coupling": ("Coupling", "결합"),
    "coupling_hint": (
        "How much one player turns the other: more of it, and steps must shrink.",
        "한쪽이 다른 쪽을 돌리는 힘입니다. 클수록 걸음이 작아야 합니다.",
    ),
    "eta": ("Step η", "걸음 η"),
    "eta_hint": ("Both players' rate.", "두 참가자의 학습률입니다."),
    "order": ("Order of moves", "움직이는 순서"),
    "order_single-step": ("single step", "단일 단계"),
    "order_alternating": ("alternating", "교대"),
    "game": ("Objective", "목적 함수"),
    "game_gan": ("GAN", "GAN"),
    "game_non-saturating": ("non-saturating", "비포화"),
    "game_wgan": ("WGAN, clipped", "WGAN, 자르기"),
    "game_wgan-gp": ("WGAN-GP", "WGAN-GP"),
    "game_r1": ("GAN with R1", "R1을 더한 GAN"),
    "drag": ("drag the start", "출발점을 끄세요"),
    "plane": ("The path of the two players in the plane", "두 참가자가 평면에서 지나는 길"),
    "beside": ("How far from the saddle point, step by step", "단계마다 안장점에서 떨어진 거리"),
    "single-step": ("single steps", "단일 단계"),
    "alternating": ("alternating steps", "교대 단계"),
    "measured": ("measured", "측정"),
    "guaranteed": ("guaranteed", "보장"),
    "trajectory": ("trajectory", "궤적"),
    "gradient_norm": ("J = ½ |∇F|², by steps", "J = ½ |∇F|², 단계별"),
    "distance": ("distance from the saddle point, by steps", "안장점까지의 거리, 단계별"),
    "theta": ("generator θ", "생성자 θ"),
    "psi": ("critic ψ", "판별자 ψ"),
    "read_eta": ("step δ/L", "걸음 δ/L"),
    "read_factor": ("guaranteed factor a step", "보장된 단계당 배율"),
    "read_measured": ("measured factor a step", "측정한 단계당 배율"),
    "read_growth": ("√(1 + η²) a single step", "단일 단계마다 √(1 + η²)"),
    "read_single": ("end of single steps", "단일 단계의 끝"),
    "read_alternating": ("end of alternating steps", "교대 단계의 끝"),
    "read_start": ("start, distance from 0", "출발, 0까지의 거리"),
    "read_end": ("end, distance from 0", "끝, 0까지의 거리"),
    "why": ("Why", "까닭"),
    "why_theorem": (
        "θ goes downhill, ω uphill, both from the same point. δ draws them in, the coupling turns them. With steps of "
        "δ/L the drawing wins: the squared gradient shrinks at least by the guaranteed factor at every step.",
        "θ는 내려가고 ω는 올라갑니다. 둘 다 같은 점에서 움직입니다. δ는 끌어당기고 결합은 돌립니다. 걸음이 δ/L이면 "
        "끌어당김이 이겨, 기울기의 제곱이 단계마다 적어도 보장된 배율만큼 줄어듭니다.",
    ),
    "why_bilinear": (
        "On xy nothing draws in: the step is always at right angles to the way home, so a single step of length η "
        "lengthens the distance by √(1 + η²). Where the second player sees the first one's new place, they circle.",
        "xy에는 끌어당기는 힘이 없습니다. 걸음이 늘 중심 방향과 직각이라, 단일 단계는 거리를 √(1 + η²)배로 늘립니다. "
        "둘째 참가자가 첫째의 새 자리를 보면 둘은 맴돕니다.",
    ),
    "why_gan": (
        "Data is the point 0, the generator the point θ, the critic the line ψ x. The minimax game turns at right "
        "angles to (θ, ψ): it circles, and finite steps carry it out.",
        "데이터는 점 0, 생성자는 점 θ, 판별자는 직선 ψ x입니다. 최소최대 게임은 (θ, ψ)와 직각으로 돌기만 하고, "
        "걸음이 유한하면 밖으로 나갑니다.",
    ),
    "why_non-saturating": (
        "The non-saturating step is weaker where the generator already fools the critic: it turns inward, "
        "ever more slowly, and does not come to rest.",
        "비포화 단계는 생성자가 이미 판별자를 속이는 곳에서 약해집니다. 안쪽으로 돌지만 점점 느려져 멈추지 못합니다.",
    ),
    "why_wgan": (
        "WGAN's field is a pure rotation; the clip at ψ = ±1 only cuts the circle off. It never comes to rest.",
        "WGAN의 장은 순수한 회전입니다. ψ = ±1에서 자르면 원의 위아래만 잘릴 뿐 멈추지 않습니다.",
    ),
    "why_wgan-gp": (
        "The penalty wants |ψ| = 1, also where θ is right: the equilibrium ψ = 0 repels, and the game goes round it.",
        "벌점은 θ가 맞을 때에도 |ψ| = 1을 바랍니다. 균형점 ψ = 0에서 밀려나 그 둘레를 돕니다.",
    ),
    "why_r1": (
        "R1 punishes any slope at the data, so it draws ψ to 0 and the spiral inward: this one comes to rest.",
        "R1은 데이터에서의 기울기를 벌하므로 ψ를 0으로 당깁니다. 나선이 안으로 감겨 멈춥니다.",
    ),
    "says_theorem": (
        "**J shrinks by {measured} a step.** Theorem 1 guarantees {factor} or less, with steps of {eta}.",
        "**J가 단계마다 {measured}배가 됩니다.** 정리 1은 걸음 {eta}에서 {factor}배 이하를 보장합니다.",
    ),
    "says_at_rest": (
        "**This is the saddle point.** The gradient is 0; nobody moves. Drag the start away.",
        "**여기가 안장점입니다.** 기울기가 0이라 아무도 움직이지 않습니다. 출발점을 끌어 옮기세요.",
    ),
    "says_bilinear": (
        "**Single steps spiral out.** Each lengthens the distance by {growth}; alternating ones stay near {near}.",
        "**단일 단계는 나선을 그리며 멀어집니다.** 매번 거리가 {growth}배가 되고, 교대 단계는 {near} 근처에 머뭅니다.",
    ),
    "says_settles": (
        "**It comes to rest.** After {steps} steps it is {end} from the equilibrium; it began at {start}.",
        "**멈춥니다.** {steps}단계 뒤 균형점에서 {end} 떨어져 있습니다. 출발할 때는 {start}였습니다.",
    ),
    "says_nearer": (
        "**It comes nearer, slowly.** After {steps} steps it is {end} from the equilibrium; it began at {start}.",
        "**천천히 다가갑니다.** {steps}단계 뒤 균형점에서 {end} 떨어져 있습니다. 출발할 때는 {start}였습니다.",
    ),
    "says_turns": (
        "**It goes round and round.** After {steps} steps it is {end} from the equilibrium; it began at {start}.",
        "**빙빙 돕니다.** {steps}단계 뒤 균형점에서 {end} 떨어져 있습니다. 출발할 때는 {start}였습니다.",
    ),
}
