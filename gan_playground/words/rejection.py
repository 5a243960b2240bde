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
        "No classifier of {data} ships: run python -m gan_playground classifier {data}.",
        "{data}의 분류기가 없습니다. python -m gan_playground classifier {data}을(를) 실행하십시오.",
    ),
    "no_classifier_recipe": (
        "There is no classifier of {value}: choose one of {names}.",
        "{value}의 분류기는 없습니다. {names} 가운데 고르십시오.",
    ),
    "run_not_finite": (
        "The samples of this run are not finite at step {step}: press Reset on the Train tab, or take the stored run.",
        "이 실행은 {step}단계에서 샘플이 유한하지 않습니다. 학습 탭에서 처음부터 하거나 저장된 실행을 고르십시오.",
    ),
    "no_run": (
        "There is no stored run {name}: run python -m gan_playground.rejection.stored_runs.",
        "저장된 실행 {name}이(가) 없습니다. python -m gan_playground.rejection.stored_runs를 실행하십시오.",
    ),
    "no_own_run": (
        "There is no run of yours yet: open the Train tab and press Play, or choose the stored run.",
        "아직 나의 실행이 없습니다. 학습 탭에서 시작을 누르거나 저장된 실행을 고르십시오.",
    ),
    "not_in_the_plane": (
        "{name} lies on the line: choose 2-D data on the Train tab, or the stored run.",
        "{name}은(는) 직선 위에 있습니다. 학습 탭에서 2차원 데이터를 고르거나 저장된 실행을 고르십시오.",
    ),
    "not_trained": (
        "Your run stands at step 0: press Play on the Train tab first, or choose the stored run.",
        "나의 실행이 0단계에 있습니다. 먼저 학습 탭에서 시작을 누르거나 저장된 실행을 고르십시오.",
    ),
    "busy": (
        "Other visitors are being served: ask again in a few seconds.",
        "다른 방문자의 요청을 처리하고 있습니다. 몇 초 뒤에 다시 하십시오.",
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
    "no_chance": (
        "{name}'s critic, as trained, tells no density ratio, so it gives no chance of being kept; "
        "choose the calibrated ratio or another checkpoint.",
        "{name}의 판별자는 학습된 그대로는 밀도비를 알지 못하므로, 남길 확률을 낼 수 없습니다. "
        "보정된 비율이나 다른 체크포인트를 고르십시오.",
    ),
    # --- why it may not help
    "caution_sign": (
        "This game's critic knew only which is likelier, so its last layer was trained anew.",
        "이 게임의 판별자는 어느 쪽이 더 그럴듯한지만 알았으므로 마지막 층을 새로 학습했습니다.",
    ),
    "caution_supports": (
        "The critic tells {accuracy:.1%} apart: where real and generated hardly meet, there is little to keep.",
        "판별자가 {accuracy:.1%}를 구별합니다. 실제와 생성이 거의 겹치지 않으면 남길 것도 거의 없습니다.",
    ),
    "caution_few": (
        "A few samples carry nearly all the ratio, and M hangs on them: exact rejection keeps next to nothing. In many "
        "dimensions that is the rule. Samples' worth after weighing: {share:.2%}.",
        "몇 개의 샘플이 비를 거의 다 가지고 M도 거기에 달려 있어, 정확한 기각은 거의 아무것도 남기지 않습니다. "
        "차원이 높으면 늘 그렇습니다. 가중한 뒤의 값어치: 샘플의 {share:.2%}.",
    ),
    "caution_modes": (
        "Missing modes: {missing}. Rejection only takes away; it can't bring back what is never drawn.",
        "빠진 봉우리: {missing}개. 기각은 덜어 낼 뿐, 뽑히지 않는 것을 되돌리지 못합니다.",
    ),
    "caution_calibration": (
        "Z is {z:.1f} and the mean ratio {mean:.2f}: don't trust these chances far.",
        "Z가 {z:.1f}, 비의 평균이 {mean:.2f}입니다. 이 확률을 크게 믿지 마십시오.",
    ),
    "caution_flat": (
        "This critic hardly tells samples apart (spread {spread:.2f}): rejection by it is close to a coin.",
        "이 판별자는 샘플을 거의 구별하지 못합니다(퍼짐 {spread:.2f}). 그대로 기각하면 동전 던지기에 가깝습니다.",
    ),
    "caution_memorised": (
        "The critic went on for {steps} steps but was best at {step}: beyond, it learned the training images by heart.",
        "판별자는 {steps}단계까지 갔지만 {step}단계에서 가장 좋았습니다. 그 뒤로는 학습 이미지를 외웠습니다.",
    ),
    # --- the tab
    "part": ("Look at", "무엇을 볼까요"),
    "images": ("Images", "이미지"),
    "toy": ("Toy", "2차원 예제"),
    "source": ("Samples from", "샘플의 출처"),
    "25-gaussians": ("25 Gaussians", "가우스 25개"),
    "source_hint": (
        "My run is the one on the Train tab, as it stands.",
        "나의 실행은 학습 탭의 실행, 지금 상태 그대로입니다.",
    ),
    "sampler": ("Sampler", "표집기"),
    "drs": ("DRS", "DRS"),
    "obrs": ("OBRS", "OBRS"),
    "exact": ("Exact", "정확"),
    "mh": ("MH", "MH"),
    "none": ("none", "없음"),
    "exact-99.9": ("Exact, M 99.9 %", "정확, M 99.9 %"),
    "drs_is": (
        "Discriminator rejection sampling: exact rejection, made less strict by γ.",
        "판별자 기각 표집: 정확한 기각을 γ로 느슨하게 합니다.",
    ),
    "obrs_is": (
        "Keeps a share you choose, and gets as near to the data as that share allows.",
        "남길 비율을 정하면, 그 비율로 가능한 만큼 데이터에 가까워집니다.",
    ),
    "exact_is": (
        "Kept samples follow the data exactly, if the ratio is right. It keeps few.",
        "비가 맞다면 남은 샘플은 데이터를 정확히 따릅니다. 적게 남습니다.",
    ),
    "mh_is": (
        "A chain moves from sample to sample. Bar: chance that it moves here.",
        "사슬이 샘플에서 샘플로 옮겨 갑니다. 막대: 여기로 옮겨 올 확률.",
    ),
    "ratio": ("Critic's ratio", "판별자의 비"),
    "calibrated": ("Calibrated", "보정함"),
    "as-trained": ("As trained", "학습한 그대로"),
    "title": ("Would this image be kept?", "이 이미지를 남길까요?"),
    "toy_title": ("Would this sample be kept?", "이 샘플을 남길까요?"),
    "height": ("height of the bar = chance, 0 to 1", "막대 높이 = 남길 확률, 0에서 1"),
    "row": ("one row = one walk in z", "한 줄 = z에서의 길 하나"),
    "strictness_drs": ("Strictness γ", "엄격함 γ"),
    "strictness_obrs": ("Budget 1/K", "예산 1/K"),
    "strictness_exact": ("Strictness", "엄격함"),
    "strictness_mh": ("Strictness", "엄격함"),
    "percentile_value": ("{q}th percentile", "{q}번째 백분위수"),
    "budget_value": ("keeps {q} %", "{q} % 남김"),
    "no_value": ("none", "없음"),
    "strictness_hint_drs": (
        "A sample at this percentile of the burn-in is kept half the time.",
        "예비 표본에서 이 백분위수에 놓인 샘플은 절반의 확률로 남습니다.",
    ),
    "strictness_hint_obrs": (
        "Mean chance over the burn-in.",
        "예비 표본에서 평균한 확률입니다.",
    ),
    "strictness_hint_exactly": (
        "Exact rejection already keeps more than this, so this is exact rejection.",
        "정확한 기각이 이미 이보다 많이 남기므로, 정확한 기각과 같습니다.",
    ),
    "strictness_hint_exact": ("Nothing to choose: the chance is p/(M q).", "고를 것이 없습니다. 확률은 p/(M q)입니다."),
    "strictness_hint_mh": (
        "Nothing to choose: the chance is min(1, new ratio / old ratio).",
        "고를 것이 없습니다. 확률은 min(1, 새 비 / 옛 비)입니다.",
    ),
    "ends": ("Walk from, to", "길의 처음과 끝"),
    "good-to-broken": ("Good → broken", "좋음 → 깨짐"),
    "any": ("Any two", "아무 둘"),
    "mine": ("Mine", "내 것"),
    "mine_hint": (
        "Mine: click two images in Kept or Rejected; the first row goes from one to the other.",
        "내 것: 남긴 것이나 버린 것에서 이미지 둘을 누르면 첫 줄이 하나에서 다른 하나로 갑니다.",
    ),
    "pair": ("The frozen pair", "고정된 한 쌍"),
    "maximum_is": ("largest log-ratio among 10,000 samples", "샘플 10,000개의 로그 비 가운데 최댓값"),
    "gamma_is_drs": ("that percentile of F over the same samples", "같은 샘플에서 F의 그 백분위수"),
    "gamma_is_obrs": ("log c: every ratio counts c times as much, up to 1", "log c: 모든 비를 c배로 치되 1까지"),
    "gamma_is_exact": ("γ is 0: nothing is made less strict", "γ는 0: 느슨하게 하지 않습니다"),
    "gamma_is_mh": ("a chain needs neither M nor γ", "사슬에는 M도 γ도 필요 없습니다"),
    "pair_hint": (
        "Found once, in a burn-in. Bars, charts and galleries share it.",
        "예비 표본에서 한 번 정합니다. 막대, 그래프, 모음이 모두 함께 씁니다.",
    ),
    "capped": (
        "Above M and counted as M: {n} of the {all} shown.",
        "M보다 커서 M으로 친 것: 보이는 {all}개 가운데 {n}개.",
    ),
    "reliable": ("Is the ratio right?", "비가 맞을까요?"),
    "reliable_unit": ("claimed → observed", "주장 → 관찰"),
    "honest_calibrated": ("calibrated", "보정함"),
    "honest_uncalibrated": ("continued", "더 학습"),
    "honest_as_trained": ("as trained", "그대로"),
    "honest_brier": ("Brier", "Brier"),
    "honest_z": ("Z", "Z"),
    "honest_mean": ("mean ratio", "비의 평균"),
    "honest_note": (
        "On {n} real and as many generated samples that no step had seen. Right: Z within ±2, mean ratio 1.",
        "어느 단계도 보지 않은 실제 {n}개와 생성 {n}개에서. 맞다면 Z는 ±2 안, 비의 평균은 1입니다.",
    ),
    "as_trained": (
        "No calibrated critic ships with this one. Its ratio's mean over samples is {mean}; a true ratio has 1.",
        "보정한 판별자가 함께 있지 않습니다. 샘플에서 비의 평균은 {mean}이고, 참된 비라면 1입니다.",
    ),
    "new": ("New walks", "새 길"),
    "fill": ("Fill galleries", "모음 채우기"),
    "look": ("Look again", "다시 보기"),
    "kept_share": ("kept", "남는 비율"),
    "of_samples": ("of samples", "(샘플 기준)"),
    "ratios": ("Log-ratio of the critic", "판별자의 로그 비"),
    "each": ("log p/q", "log p/q"),
    "real": ("real", "실제"),
    "generated": ("generated", "생성"),
    "logits": ("Logit of the chance", "확률의 로짓"),
    "logits_unit": ("F, generated samples", "F, 생성 샘플"),
    "half": ("half", "절반"),
    "chances": ("Chance of being kept", "남길 확률"),
    "burn_in": ("10,000 generated samples", "생성 샘플 10,000개"),
    "mean": ("mean {share}", "평균 {share}"),
    "confidence": ("Classifier's confidence", "분류기의 확신"),
    "confidence_unit": ("in nines: 1 is 90 %, 2 is 99 %", "9의 개수: 1은 90 %, 2는 99 %"),
    "medians": ("median {kept} kept, {rejected} rejected", "중앙값: 남긴 것 {kept}, 버린 것 {rejected}"),
    "kept": ("Kept", "남긴 것"),
    "rejected": ("Rejected", "버린 것"),
    "count": ("{n} of {all}", "{all}개 중 {n}개"),
    "cell": ("walk {row}, step {column}: chance {chance:.2f}", "길 {row}, {column}번째: 확률 {chance:.2f}"),
    "read_cell": ("chance {chance:.3f} · log p/q {ratio:.2f}", "확률 {chance:.3f} · log p/q {ratio:.2f}"),
    "verdict": ("Before and after", "전과 후"),
    "verdict_unit": ("{n} images each", "각 {n}장"),
    "measuring": ("measuring …", "재는 중 …"),
    "score_frechet": ("Fréchet distance", "프레셰 거리"),
    "score_precision": ("precision", "정밀도"),
    "score_recall": ("recall", "재현율"),
    "score_balance": ("class imbalance", "숫자 치우침"),
    "column_before": ("before", "전"),
    "column_after": ("after", "후"),
    "column_error": ("±", "±"),
    "gain_up": (
        "Kept images look real more often than images as they come.",
        "남긴 이미지는 그냥 뽑은 이미지보다 더 자주 진짜처럼 보입니다.",
    ),
    "gain_same": (
        "Kept images look real about as often as images as they come: the difference is within its error.",
        "남긴 이미지가 진짜처럼 보이는 비율은 그냥 뽑은 이미지와 오차 안에서 같습니다.",
    ),
    "gain_down": (
        "Kept images look real less often than images as they come: rejection harms here.",
        "남긴 이미지가 그냥 뽑은 이미지보다 덜 진짜처럼 보입니다. 여기서는 기각이 해롭습니다.",
    ),
    "cost_recall": ("Less of the real variety is covered.", "실제의 다양성은 덜 담습니다."),
    "cost_balance": (
        "Some digits are kept more readily than others: the balance between digits is lost.",
        "어떤 숫자는 더 쉽게, 어떤 숫자는 더 드물게 남아 숫자 사이의 균형이 깨집니다.",
    ),
    "cost_none": (
        "Variety and the balance between digits hold, within their errors.",
        "다양성과 숫자 사이의 균형은 오차 안에서 그대로입니다.",
    ),
    "verdict_note": (
        "In the features of a small digit classifier ({accuracy:.1%} right on test images), against test images. "
        "Imbalance: share to be moved to match the digits; up to {floor:.3f} is chance.",
        "작은 숫자 분류기(시험 이미지 {accuracy:.1%} 정답)의 특징에서 시험 이미지와 비교합니다. "
        "치우침: 숫자 비율을 맞추려면 옮겨야 할 몫이며 {floor:.3f}까지는 우연입니다.",
    ),
    "rank_note": (
        "A kept image is surer than a rejected one with chance {rank:.2f}; .50 would be no difference. The critic "
        "weighs fine texture as well as shape.",
        "남긴 이미지가 버린 이미지보다 확실할 확률은 {rank:.2f}이고, .50이면 차이가 없는 것입니다. "
        "판별자는 모양뿐 아니라 잔결도 봅니다.",
    ),
    "incomplete": (
        "Too few are kept for a score: be less strict.",
        "남는 것이 너무 적어 점수를 낼 수 없습니다. 덜 엄격하게 하십시오.",
    ),
    "opening": (
        "**Drawing 10,000 samples for the burn-in …** about two seconds.",
        "**예비 표본 10,000개를 뽑는 중 …** 약 2초 걸립니다.",
    ),
    "opening_toy": (
        "**The critic goes on, the generator stands still …** about 20 seconds.",
        "**생성자를 세워 두고 판별자를 더 학습하는 중 …** 약 20초 걸립니다.",
    ),
    "says_sinking": (
        "**Bars fall where the critic sees a fake.** On average from {first:.2f} at the left end to {last:.2f} at the "
        "right.",
        "**판별자가 가짜로 보면 막대가 낮아집니다.** 평균이 왼쪽 끝 {first:.2f}에서 오른쪽 끝 {last:.2f}로 갑니다.",
    ),
    "says_any": (
        "**A bar is the chance that the image is kept.** With this sampler {share:.0%} of samples are.",
        "**막대는 그 이미지를 남길 확률입니다.** 이 표집기로는 샘플의 {share:.0%}가 남습니다.",
    ),
    # --- the toy
    "before": ("As the generator draws", "생성자가 뽑은 그대로"),
    "after": ("Chance of being kept, and who was", "남길 확률, 그리고 남은 것"),
    "never": ("never", "전혀"),
    "always": ("always", "언제나"),
    "toy_name": ("{data} · {objective} · step {step}", "{data} · {objective} · {step}단계"),
    "table": ("What each sampler does", "표집기마다"),
    "table_unit": ("{n} samples each", "각 샘플 {n}개"),
    "column_sampler": ("sampler", "표집기"),
    "column_modes": ("modes", "봉우리"),
    "column_high": ("in 4 sd", "4 sd 안"),
    "column_kl": ("KL modes", "봉우리 KL"),
    "column_sd": ("sd ratio", "퍼짐"),
    "column_w2": ("W₂", "W₂"),
    "column_rate": ("kept", "남음"),
    "column_speed": ("per s", "초당"),
    "table_note": (
        "DRS at the 80th percentile, OBRS at half, chains of 100. W₂ on 1,000 points; two draws of the data read "
        "{floor:.2f}. sd ratio: spread within a mode over the data's.",
        "DRS는 80번째 백분위수, OBRS는 절반, 사슬은 100. W₂는 점 1,000개, 데이터끼리는 {floor:.2f}. "
        "퍼짐: 봉우리 안의 퍼짐을 데이터와 견준 비.",
    ),
    "short_row": ("only {n} of {all} after a million tries", "백만 번 시도해 {all}개 중 {n}개뿐"),
    "truth": ("True ratio against learned", "참된 비와 배운 비"),
    "truth_unit": ("log p/q at generated samples", "생성 샘플에서의 log p/q"),
    "truth_x": ("true", "참"),
    "truth_y": ("learned", "배움"),
    "truth_note": (
        "On the dashed line the critic would be right. Correlation {r:.2f}; off by {off:.2f} in the middle half.",
        "점선 위라면 판별자가 맞습니다. 상관 {r:.2f}, 가운데 절반에서 어긋남 {off:.2f}.",
    ),
    "truth_unknown": (
        "With this many latents the generator's density is not known: no truth to draw.",
        "이 잠재 차원에서는 생성자의 밀도를 알 수 없어 참값을 그리지 못합니다.",
    ),
    "says_toy": (
        "**{after:.1%} of kept samples lie in a mode, {before:.1%} did before.** {name} keeps {share:.0%}.",
        "**남은 샘플의 {after:.1%}가 봉우리에 있습니다. 전에는 {before:.1%}였습니다.** {name}: {share:.0%}를 남깁니다.",
    ),
    "says_toy_plain": (
        "**Dark is where samples are kept.** {name} keeps {share:.0%}; "
        "W₂ to the data goes from {before:.2f} to {after:.2f}.",
        "**짙은 곳의 샘플이 남습니다.** {name}: {share:.0%}를 남기고, "
        "데이터와의 W₂는 {before:.2f}에서 {after:.2f}로 갑니다.",
    ),
}
