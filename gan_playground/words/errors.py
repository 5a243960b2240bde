"""Sentences that refuse: each names the value and the remedy."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "objective_unknown": (
        "'{value}' names no objective; choose one of {names}.",
        "'{value}'라는 목적 함수는 없습니다. 다음 중에서 고르세요: {names}.",
    ),
    "objective_takes_no_parameter": (
        "'{value}': {name} takes no parameter; write {name}.",
        "'{value}': {name}에는 매개변수가 없습니다. {name}로 쓰세요.",
    ),
    "objective_parameter": (
        "'{value}' is no {symbol} for {name}; give a number from {low} to {high}, as in {name}({low}).",
        "'{value}'는 {name}의 {symbol} 값이 될 수 없습니다. {low}부터 {high}까지의 수를 쓰세요. 예: {name}({low}).",
    ),
    "objective_step": (
        "':{value}' is no generator step; write {name}:exact or {name}:practical.",
        "':{value}'라는 생성자 단계는 없습니다. {name}:exact 또는 {name}:practical로 쓰세요.",
    ),
    "objective_one_step": (
        "{name} has one generator step only; leave ':{value}' out.",
        "{name}의 생성자 단계는 하나뿐입니다. ':{value}'를 빼세요.",
    ),
    "knob_unknown": (
        "'{value}' names no setting; choose one of {names}.",
        "'{value}'라는 설정은 없습니다. 다음 중에서 고르세요: {names}.",
    ),
    "knob_choice": (
        "'{value}' is no value of {name}; choose one of {names}.",
        "'{value}'는 {name}의 값이 아닙니다. 다음 중에서 고르세요: {names}.",
    ),
    "knob_number": (
        "'{value}' is no value of {name}; give a number from {low} to {high}.",
        "'{value}'는 {name}의 값이 아닙니다. {low}부터 {high}까지의 수를 쓰세요.",
    ),
    "knob_integer": (
        "'{value}' is no value of {name}; give a whole number from {low} to {high}.",
        "'{value}'는 {name}의 값이 아닙니다. {low}부터 {high}까지의 정수를 쓰세요.",
    ),
    "knob_flag": (
        "'{value}' is no value of {name}; write on or off.",
        "'{value}'는 {name}의 값이 아닙니다. on 또는 off로 쓰세요.",
    ),
    "no_equals": (
        "'{value}' sets nothing; write key=value, as in seed=3.",
        "'{value}'로는 아무것도 설정되지 않습니다. seed=3처럼 이름=값으로 쓰세요.",
    ),
    "query_too_long": (
        "The link has {length} characters; at most {limit} are read, so shorten it.",
        "링크가 {length}자입니다. {limit}자까지만 읽으니 줄여 주세요.",
    ),
    "too_many_changes": (
        "The link lists {count} live changes; at most {limit} are replayed, so leave some out.",
        "링크에 실시간 변경이 {count}개 있습니다. {limit}개까지만 재생하니 일부를 빼 주세요.",
    ),
    "change": (
        "'{value}' is no live change; write step:setting=value in order of steps, with a setting among {names}.",
        "'{value}'는 실시간 변경이 아닙니다. 단계 순서대로 단계:설정=값 형식으로 쓰세요. 설정: {names}.",
    ),
    "batch_norm_in_penalised_critic": (
        "Batch normalisation in the critic breaks a per-sample gradient penalty; "
        "switch critic_batch_norm off, or set r1 and r2 to 0 and leave WGAN-GP.",
        "판별자의 배치 정규화는 표본별 기울기 벌점과 함께 쓸 수 없습니다. "
        "critic_batch_norm을 끄거나, r1과 r2를 0으로 두고 WGAN-GP가 아닌 목적 함수를 고르세요.",
    ),
    "mixture_shape": (
        "'{value}' is no mixture; write weights, means and standard deviations, as in 0.3*N(-1,0.25)+0.7*N(2,1.4).",
        "'{value}'는 혼합 분포가 아닙니다. 0.3*N(-1,0.25)+0.7*N(2,1.4)처럼 가중치, 평균, 표준편차를 쓰세요.",
    ),
    "mixture_weightless": (
        "'{value}' has a component without a weight; write one before each, as in 0.3*N(-1,0.25)+0.7*N(2,1.4).",
        "'{value}'에 가중치가 없는 성분이 있습니다. 0.3*N(-1,0.25)+0.7*N(2,1.4)처럼 성분마다 가중치를 쓰세요.",
    ),
    "mixture_weight": (
        "'{value}' has a weight that is not above 0; leave that component out.",
        "'{value}'에 0보다 크지 않은 가중치가 있습니다. 그 성분을 빼세요.",
    ),
    "mixture_sum": (
        "The weights of '{value}' sum to {total}; make them sum to 1.",
        "'{value}'의 가중치 합이 {total}입니다. 합이 1이 되게 쓰세요.",
    ),
    "mixture_sd": (
        "{sd} in '{value}' is no standard deviation; give a number above 0.",
        "'{value}'의 {sd}은(는) 표준편차가 될 수 없습니다. 0보다 큰 수를 쓰세요.",
    ),
    "mixture_scale": (
        "{value} is beyond what float64 resolves; keep the standard deviation within 1e-12 to 1e12 "
        "and the mean within 1e9 standard deviations of 0.",
        "{value}은(는) float64로 구별할 수 없습니다. 표준편차는 1e-12에서 1e12 사이로, "
        "평균은 0에서 표준편차의 1e9배 안으로 쓰세요.",
    ),
    "mixture_size": (
        "'{value}' is too long; give at most {limit} components.",
        "'{value}'이(가) 너무 깁니다. 성분은 {limit}개까지 쓸 수 있습니다.",
    ),
    "knob_restarts": (
        "{name}={value} cannot change while a run plays; begin a new run with it.",
        "{name}={value}은(는) 실행 중에 바꿀 수 없습니다. 이 값으로 새로 시작하세요.",
    ),
    "device": (
        "'{value}' is no device here; choose one of {names}.",
        "'{value}'라는 장치는 여기에 없습니다. 다음 중에서 고르세요: {names}.",
    ),
}
