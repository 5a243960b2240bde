"""Words of the Rejection tab."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "percentile": (
        "Strictness {value} is no percentile: give a number from 0 (keep nearly all) to 100 (keep nearly none).",
        "엄격함 {value}은(는) 백분위수가 아닙니다. 0(거의 모두 남김)에서 100(거의 모두 버림) 사이의 수를 넣으십시오.",
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
}
