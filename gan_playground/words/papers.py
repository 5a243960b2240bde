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
}
