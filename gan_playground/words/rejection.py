"""Words of the Rejection tab."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "percentile": (
        "Strictness {value} is no percentile: give a number from 0 (keep nearly all) to 100 (keep nearly none).",
        "엄격함 {value}은(는) 백분위수가 아닙니다. 0(거의 모두 남김)에서 100(거의 모두 버림) 사이의 수를 넣으십시오.",
    ),
    "budget": (
        "Budget {value} is no share of samples: give a number above 0 and at most 1, such as 0.5 to keep half.",
        "예산 {value}은(는) 샘플의 비율이 아닙니다. 0보다 크고 1 이하인 수를 넣으십시오. 절반을 남기려면 0.5입니다.",
    ),
    "no_sampler": (
        "There is no sampler {value}: choose one of {names}.",
        "{value}라는 표집기는 없습니다. {names} 가운데 고르십시오.",
    ),
    "no_ratio": (
        "There is no ratio {value}: choose one of {names}.",
        "{value}라는 비는 없습니다. {names} 가운데 고르십시오.",
    ),
    "not_calibrated": (
        "{name} ships without a calibrated critic: run python -m gan_playground calibrate {name}.",
        "{name}에는 보정한 판별자가 없습니다. python -m gan_playground calibrate {name}을(를) 실행하십시오.",
    ),
    "calibrated_for_another": (
        "The calibrated critic of {name} belongs to another generator: run python -m gan_playground calibrate {name}.",
        "{name}의 보정한 판별자는 다른 생성자의 것입니다. "
        "python -m gan_playground calibrate {name}을(를) 실행하십시오.",
    ),
    "no_classifier": (
        "No classifier of {data} ships: run python -m gan_playground classifier.",
        "{data}의 분류기가 없습니다. python -m gan_playground classifier를 실행하십시오.",
    ),
    "run_not_finite": (
        "The samples of this run are not finite at step {step}: press Reset on the Train tab, or take the stored run.",
        "이 실행은 {step}단계에서 샘플이 유한하지 않습니다. 학습 탭에서 처음부터 하거나 저장된 실행을 고르십시오.",
    ),
    "no_finite_ratio": (
        "None of the {n} log-ratios of the burn-in is finite: the critic rates every sample impossible; "
        "choose another checkpoint.",
        "예비 표본 {n}개의 로그 비가 모두 유한하지 않습니다. 판별자가 모든 샘플을 불가능하다고 봅니다. "
        "다른 체크포인트를 고르십시오.",
    ),
    "ratio_not_a_number": (
        "{count} log-ratios are not numbers: the critic's output is damaged; load its checkpoint again.",
        "로그 비 {count}개가 숫자가 아닙니다. 판별자의 출력이 손상되었습니다. 체크포인트를 다시 불러오십시오.",
    ),
    "sign_only": (
        "{name}'s critic knows only which is likelier, not by how much, so it gives no chance of being kept; "
        "choose another divergence.",
        "{name}의 판별자는 어느 쪽이 더 그럴듯한지만 알 뿐 비율은 모르므로, 남길 확률을 낼 수 없습니다. "
        "다른 발산을 고르십시오.",
    ),
    # --- the tab
    "title": ("Would this image be kept?", "이 이미지를 남길까요?"),
    "height": ("height of the bar = chance, 0 to 1", "막대 높이 = 남길 확률, 0에서 1"),
    "row": ("one row = one walk in z", "한 줄 = z에서의 길 하나"),
    "strictness": ("Strictness γ", "엄격함 γ"),
    "percentile_value": ("{q}th percentile", "{q}번째 백분위수"),
    "strictness_hint": (
        "A sample at this percentile of the burn-in is kept half the time.",
        "예비 표본에서 이 백분위수에 놓인 샘플은 절반의 확률로 남습니다.",
    ),
    "ends": ("Walk from, to", "길의 처음과 끝"),
    "good-to-broken": ("Good → broken", "좋음 → 깨짐"),
    "any": ("Any two", "아무 둘"),
    "pair": ("The frozen pair", "고정된 한 쌍"),
    "maximum_is": ("largest log-ratio among 10,000 samples", "샘플 10,000개의 로그 비 가운데 최댓값"),
    "gamma_is": ("that percentile of F over the same samples", "같은 샘플에서 F의 그 백분위수"),
    "pair_hint": (
        "Found once, in a burn-in. Bars, charts and galleries share it.",
        "예비 표본에서 한 번 정합니다. 막대, 그래프, 모음이 모두 함께 씁니다.",
    ),
    "capped": (
        "Above M and counted as M: {n} of the {all} images shown.",
        "M보다 커서 M으로 친 이미지: 보이는 {all}장 가운데 {n}장.",
    ),
    "as_trained": (
        "The critic's ratio is as trained, not calibrated. Its mean over samples is {mean}; a true ratio has 1.",
        "판별자의 비는 학습한 그대로이며 보정하지 않았습니다. 샘플에서의 평균은 {mean}이고, 참된 비라면 1입니다.",
    ),
    "new": ("New walks", "새 길"),
    "kept_share": ("kept", "남는 비율"),
    "of_samples": ("of samples", "(샘플 기준)"),
    "ratios": ("Log-ratio of the critic", "판별자의 로그 비"),
    "each": ("log p/q, 10,000 each", "log p/q, 각 10,000개"),
    "real": ("real", "실제"),
    "generated": ("generated", "생성"),
    "chances": ("Chance of being kept", "남길 확률"),
    "burn_in": ("10,000 generated samples", "생성 샘플 10,000개"),
    "mean": ("mean {share}", "평균 {share}"),
    "kept": ("Kept", "남긴 것"),
    "rejected": ("Rejected", "버린 것"),
    "count": ("{n} of {all}", "{all}개 중 {n}개"),
    "cell": ("walk {row}, step {column}: chance {chance:.2f}", "길 {row}, {column}번째: 확률 {chance:.2f}"),
    "read_cell": ("chance {chance:.3f} · log p/q {ratio:.2f}", "확률 {chance:.3f} · log p/q {ratio:.2f}"),
    "opening": (
        "**Drawing 10,000 samples for the burn-in …** about two seconds.",
        "**예비 표본 10,000개를 뽑는 중 …** 약 2초 걸립니다.",
    ),
    "says_sinking": (
        "**Bars sink as strokes break.** On average from {first:.2f} at the left end to {last:.2f} at the right.",
        "**획이 무너지면 막대가 낮아집니다.** 평균이 왼쪽 끝 {first:.2f}에서 오른쪽 끝 {last:.2f}로 갑니다.",
    ),
    "says_any": (
        "**A bar is the chance that the image is kept.** At this strictness {share:.0%} of samples are.",
        "**막대는 그 이미지를 남길 확률입니다.** 이 엄격함에서는 샘플의 {share:.0%}가 남습니다.",
    ),
}
