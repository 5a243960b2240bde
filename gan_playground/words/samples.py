"""Words of the Samples tab, and of what it and the API may be asked."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    # --- requests of the page and the API
    "request": (
        "That request was not understood: it must be a mapping of exactly these fields: {fields}.",
        "요청을 이해하지 못했습니다. 다음 항목만 모두 담아 보내십시오: {fields}.",
    ),
    "whole": (
        "{field} {value} is no whole number from {low} to {high}: give one of those.",
        "{field} 값 {value}은(는) {low}에서 {high} 사이의 정수가 아닙니다. 그 사이의 정수를 넣으십시오.",
    ),
    "choice": (
        "{field} {value} is unknown: choose one of {choices}.",
        "{field} 값 {value}을(를) 모릅니다. 다음 중에서 고르십시오: {choices}.",
    ),
    "number": (
        "{field} {value} is no number from {low} to {high}: give one of those.",
        "{field} 값 {value}은(는) {low}에서 {high} 사이의 수가 아닙니다. 그 사이의 수를 넣으십시오.",
    ),
    "places": (
        "{field} {value} is no list of {n} samples: give the places of {n}.",
        "{field} 값 {value}은(는) 샘플 {n}개의 목록이 아닙니다. 샘플 {n}개의 자리를 넣으십시오.",
    ),
    "checkpoint_list": (
        "{value} is no list of checkpoints: give one to {most} names.",
        "{value}은(는) 체크포인트의 목록이 아닙니다. 이름을 하나에서 {most}개까지 넣으십시오.",
    ),
    "no_data": (
        "There is no data set '{value}': choose one of {names}.",
        "'{value}'(이)라는 데이터는 없습니다. 다음 중에서 고르십시오: {names}.",
    ),
    "lead": (
        "The lead '{value}' is not among the checkpoints of the link: choose one of {names}.",
        "lead 값 '{value}'은(는) 링크의 체크포인트에 없습니다. 다음 중에서 고르십시오: {names}.",
    ),
    "ends": (
        "A walk has two ends, not {value}: give the places of two samples.",
        "두 잠재 벡터 사이의 길에는 끝이 둘 있어야 하는데 {value}입니다. 샘플 둘의 자리를 넣으십시오.",
    ),
    "checkpoint_text": (
        "{value} is no name of a checkpoint: give its name as text.",
        "{value}은(는) 체크포인트의 이름이 아닙니다. 이름을 글자로 넣으십시오.",
    ),
    # --- the tab
    "data": ("Data set", "데이터"),
    "data_mnist": ("MNIST digits", "MNIST 숫자"),
    "data_mnist_long": ("MNIST, 60,000 digits", "MNIST, 숫자 60,000장"),
    "data_rooms": ("Rooms", "방"),
    "name_rooms-sagan": ("SAGAN, hinge", "SAGAN, 힌지"),
    "data_rooms_long": (
        "20,262 Places photographs of four kinds of room, in LSUN's format",
        "LSUN 형식으로 담은 Places 사진 20,262장, 방 네 종류",
    ),
    "class_rooms_0": ("bedroom", "침실"),
    "class_rooms_1": ("dining room", "식당"),
    "class_rooms_2": ("kitchen", "부엌"),
    "class_rooms_3": ("living room", "거실"),
    "checkpoint": ("Checkpoint", "체크포인트"),
    "checkpoint_hint": (
        "A generator and its critic, trained for real on MNIST.",
        "MNIST로 실제로 학습한 생성자와 판별자입니다.",
    ),
    "checkpoints": ("Checkpoints", "체크포인트"),
    "checkpoints_hint": (
        "One column each, all fed the same latents.",
        "하나에 한 열씩, 모두 같은 잠재 벡터를 받습니다.",
    ),
    "checkpoints_hint_laws": (
        "One column each. Columns whose latents have the same law, uniform or N(0, I), are fed the same ones.",
        "하나에 한 열씩. 잠재 벡터의 분포가 같은 열(균등 분포끼리, N(0, I)끼리)은 같은 벡터를 받습니다.",
    ),
    "many": ("{n} of {all}", "{all}개 중 {n}개"),
    "all": ("All", "모두"),
    "few": ("A few", "몇 개만"),
    "seed": ("Seed", "시드"),
    "seed_hint": (
        "The same seed draws the same latents, on every machine.",
        "같은 시드는 어디서나 같은 잠재 벡터를 뽑습니다.",
    ),
    "psi": ("Truncation ψ", "절단 ψ"),
    "psi_hint_uniform": (
        "Every latent times ψ: drawn on (−1, 1)¹⁰⁰, shrunk towards 0. Smaller: safer images, less variety; "
        "at 0 all are one.",
        "모든 잠재 벡터에 ψ를 곱합니다. (−1, 1)¹⁰⁰에서 뽑아 0 쪽으로 줄입니다. 작을수록 안전하지만 다양성이 "
        "줄고, 0이면 모두 같습니다.",
    ),
    "psi_hint_normal": (
        "Every latent times ψ: drawn from N(0, I) in 100 dimensions, shrunk towards 0. Smaller: safer images, less "
        "variety; at 0 all are one.",
        "모든 잠재 벡터에 ψ를 곱합니다. 100차원 N(0, I)에서 뽑아 0 쪽으로 줄입니다. 작을수록 안전하지만 다양성이 "
        "줄고, 0이면 모두 같습니다.",
    ),
    "path": ("Path between latents", "잠재 벡터 사이의 길"),
    "linear": ("Linear", "직선"),
    "spherical": ("Spherical", "구면"),
    "path_hint": (
        "Linear crosses the middle, where latents are rarely drawn; spherical keeps their length.",
        "직선은 잠재 벡터가 드문 가운데를 지나고, 구면은 길이를 유지합니다.",
    ),
    "new": ("New latents", "새 잠재 벡터"),
    "again": ("Again, seed {seed}", "다시, 시드 {seed}"),
    "again_title": ("Draw the same latents again", "같은 잠재 벡터를 다시 뽑습니다"),
    "play_title": ("Play the walk from A to B and back, or hold it", "A에서 B까지 오가며 재생하거나 멈춥니다"),
    "download": ("PNG", "PNG"),
    "download_title": ("Save the columns as a PNG file", "열들을 PNG 파일로 저장합니다"),
    "gif": ("GIF", "GIF"),
    "gif_title": ("Save the walk of all columns as an animated GIF", "모든 열의 길을 움직이는 GIF로 저장합니다"),
    "grid": ("Samples", "샘플"),
    "grid_keys": (
        "Samples, one column a checkpoint. Arrows move the mark, Enter sets the chosen letter there.",
        "샘플, 체크포인트마다 한 열. 화살표로 표시를 옮기고 Enter로 고른 글자를 놓습니다.",
    ),
    "count": (
        "{n} latents of seed {seed}; {same}",
        "시드 {seed}의 잠재 벡터 {n}개, {same}",
    ),
    "count_psi": (
        "{n} latents of seed {seed}, times {psi}; {same}",
        "시드 {seed}의 잠재 벡터 {n}개에 {psi}배, {same}",
    ),
    "same": ("same place, same latent", "같은 자리는 같은 잠재 벡터"),
    "same_law": (
        "same place and law, same latent",
        "같은 자리, 같은 분포면 같은 잠재 벡터",
    ),
    "letter": ("a click sets", "누르면 놓을 글자"),
    "image": (
        "{name}: {n} samples of seed {seed}, number {place} marked",
        "{name}: 시드 {seed}의 샘플 {n}개, {place}번에 표시",
    ),
    "column_kde": ("KDE {nats} ± {error}", "KDE {nats} ± {error}"),
    "column_frechet": ("Fréchet {distance}", "프레셰 {distance}"),
    "column_frechet_title": (
        "Fréchet distance to test images, in the features of our own classifier",
        "우리 분류기의 특징에서 잰, 시험 이미지까지의 프레셰 거리",
    ),
    "column_kde_title": (
        "log-likelihood of the test images in nats, by the GAN-2014 protocol",
        "시험 이미지의 로그 가능도(내트), GAN-2014 규약",
    ),
    "column_curve_none": ("no curve kept", "곡선 없음"),
    "column_unscored": ("no scores", "점수 없음"),
    "column_lead": (
        "Show {name} in the plane, its curve and its recipe",
        "{name}의 평면, 학습 곡선, 학습 방법을 봅니다",
    ),
    "column_far": ("nearest {distance}", "최근접 {distance}"),
    "near": (
        "Number {place}: under each column, its distance to the nearest training image (Euclidean, pixels 0 to 1); "
        "real test images have {real}.",
        "{place}번: 열마다 가장 가까운 학습 이미지까지의 거리입니다(유클리드, 픽셀 0~1). "
        "실제 시험 이미지는 {real}입니다.",
    ),
    "near_none": (
        "Number {place}. Distances to the nearest training image are stored for seed 0 at ψ = 1 alone.",
        "{place}번. 가장 가까운 학습 이미지까지의 거리는 시드 0, ψ = 1일 때만 저장되어 있습니다.",
    ),
    "near_unknown": (
        "Number {place}. No distances to training images are stored with these checkpoints.",
        "{place}번. 이 체크포인트들에는 학습 이미지까지의 거리가 저장되어 있지 않습니다.",
    ),
    "plane": ("Latent plane", "잠재 평면"),
    "plane_unit": ("through A, B and C · {name} · drag the mark", "A, B, C를 지나는 평면 · {name} · 표시를 끄십시오"),
    "plane_keys": ("Latent plane: arrows move the mark", "잠재 평면: 화살표로 표시를 옮깁니다"),
    "plane_value": ("{x:.2f} towards B, {y:.2f} towards C", "B 쪽으로 {x:.2f}, C 쪽으로 {y:.2f}"),
    "plane_hint": (
        "A, B and C are images of the grid. The fourth corner, B + C − A, lies where no latent is ever drawn.",
        "A, B, C는 격자의 이미지입니다. 넷째 모서리 B + C − A에서는 잠재 벡터를 뽑는 일이 없습니다.",
    ),
    "here": ("The mark's latent, by every column", "표시한 잠재 벡터를 각 열이 그린 것"),
    "inside_normal": (
        "At the mark the latent is {length:.1f} long: latents are drawn about {typical:.1f} long.",
        "표시한 곳에서 잠재 벡터의 길이는 {length:.1f}입니다. 뽑힌 것은 길이가 약 {typical:.1f}입니다.",
    ),
    "inside": (
        "At the mark the latent's largest entry is {reach:.2f}, its length {length:.1f}: latents are drawn below 1, "
        "about {typical:.1f} long.",
        "표시한 곳에서 잠재 벡터의 가장 큰 성분은 {reach:.2f}, 길이는 {length:.1f}입니다. "
        "뽑힌 것은 성분이 1 미만, 길이가 약 {typical:.1f}입니다.",
    ),
    "outside": (
        "At the mark the latent's largest entry is {reach:.2f}: outside the cube (−1, 1)¹⁰⁰ that the generators were "
        "trained on.",
        "표시한 곳에서 잠재 벡터의 가장 큰 성분은 {reach:.2f}입니다. 생성자가 학습한 정육면체 (−1, 1)¹⁰⁰의 밖입니다.",
    ),
    "walk": ("Walk", "길"),
    "walk_unit_spherical": ("from A to B on the arc about 0", "A에서 B까지, 0을 중심으로 한 호를 따라"),
    "walk_unit_linear": ("from A to B on the segment", "A에서 B까지, 선분을 따라"),
    "walk_row": ("{name}: the walk from A to B", "{name}: A에서 B까지의 길"),
    "curve": ("Training curve", "학습 곡선"),
    "curve_unit": ("losses by step", "단계별 손실"),
    "curve_critic": ("critic", "판별자"),
    "curve_generator": ("generator", "생성자"),
    "curve_none": (
        "No training curve was kept with this checkpoint.",
        "이 체크포인트에는 학습 곡선이 저장되어 있지 않습니다.",
    ),
    "curve_cut": (
        "The axis spans the middle 98% of the values: what lies outside is cut.",
        "축은 값의 가운데 98%를 보입니다. 벗어난 값은 잘렸습니다.",
    ),
    "nearest": ("Nearest training image", "가장 가까운 학습 이미지"),
    "nearest_unit": ("distance of each of 64 images of seed 0", "시드 0의 64장 각각의 거리"),
    "nearest_note": (
        "Median {median:.1f}; as many real test images {real:.1f} (dashed). The photographs themselves are not shown.",
        "중앙값 {median:.1f}, 같은 수의 실제 시험 이미지는 {real:.1f}(파선)입니다. 학습 이미지 자체는 보이지 않습니다.",
    ),
    "nearest_none": (
        "No distances to training images are stored with this checkpoint.",
        "이 체크포인트에는 학습 이미지까지의 거리가 저장되어 있지 않습니다.",
    ),
    "real": ("real", "실제"),
    "classes": ("Classes drawn", "그린 종류"),
    "classes_unit": ("share of each in %, by our own classifier", "우리 분류기가 본 종류별 비율, %"),
    "classes_real": ("even: {share:.0f}%", "고르면 {share:.0f}%"),
    "classes_none": (
        "No class histogram is stored with this checkpoint.",
        "이 체크포인트에는 종류별 비율이 저장되어 있지 않습니다.",
    ),
    "recipe": ("How it was trained", "학습한 방법"),
    "recipe_game": ("Game", "게임"),
    "recipe_generator": ("Generator", "생성자"),
    "recipe_critic": ("Critic", "판별자"),
    "recipe_steps": ("Steps", "단계"),
    "recipe_adam": ("Adam", "Adam"),
    "recipe_penalty": ("Penalty", "벌점"),
    "recipe_data": ("Data", "데이터"),
    "recipe_files": ("Files", "파일"),
    "steps_value": (
        "{steps:,} of batch {batch}, critic {critic_steps} to 1, seed {seed}; {minutes:.0f} minutes on one core",
        "{steps:,}단계, 배치 {batch}, 판별자 {critic_steps} 대 1, 시드 {seed}; 코어 하나로 {minutes:.0f}분",
    ),
    "adam_value": (
        "rate {rate:g} falling to 0, β {betas}; decay {decay:g}; weights averaged, {average:g}",
        "학습률 {rate:g}에서 0까지, β {betas}; 감쇠 {decay:g}; 가중치 평균 {average:g}",
    ),
    "penalty_value": (
        "R1 {r1:g}, R2 {r2:g}, every {every} moves; gradient norm cut at {clip:g}",
        "R1 {r1:g}, R2 {r2:g}, {every}번마다; 기울기 크기 {clip:g} 이하",
    ),
    "penalty_none": (
        "none but the game's own; gradient norm cut at {clip:g}",
        "게임 자체의 것뿐; 기울기 크기 {clip:g} 이하",
    ),
    "recipe_augment": ("Augmented", "증강"),
    "augment_value": (
        "what the critic sees: flips, shifts and colours, each with chance {augment:g}; products in {precision}",
        "판별자가 보는 이미지를 확률 {augment:g}로 뒤집고, 옮기고, 색을 바꿈; 곱셈은 {precision}",
    ),
    "files_value": ("{size} MB in half precision, checked by sha256", "반정밀도로 {size} MB, sha256으로 확인"),
    "practical": ("practical generator step", "생성자는 실용 단계"),
    "drawn_one": (
        "**{name} drew these from {n} latents.** Look for the strokes that break: no score in the table sees them.",
        "**{name} 생성자가 잠재 벡터 {n}개로 그렸습니다.** 끊어진 획을 찾아보십시오. 표의 점수는 그것을 보지 못합니다.",
    ),
    "drawn_one_rooms": (
        "**{name} drew these from {n} latents, after {steps:,} steps.** Light, walls and windows come first, furniture "
        "last.",
        "**{name} 생성자가 {steps:,}단계를 배운 뒤 잠재 벡터 {n}개로 그렸습니다.** 빛과 벽과 창이 먼저, 가구는 "
        "마지막에 나타납니다.",
    ),
    "drawn_alone": (
        "**{count} generators, one draw of {n} latents.** Networks, data and recipe are the same: columns differ by "
        "objective alone.",
        "**생성자 {count}개, 잠재 벡터 {n}개 한 벌.** 신경망, 데이터, 학습 방법이 같으니 "
        "열들은 목적 함수에서만 다릅니다.",
    ),
    "drawn_also": (
        "**{count} generators, one draw of {n} latents.** Columns differ by objective, and in training by {fields}.",
        "**생성자 {count}개, 잠재 벡터 {n}개 한 벌.** 열들은 목적 함수와, 학습에서 {fields}이(가) 다릅니다.",
    ),
    "drawn_laws": (
        "**{count} generators, {n} latents of one seed each.** Columns differ by objective, and in training by "
        "{fields}.",
        "**생성자 {count}개, 같은 시드에서 잠재 벡터 {n}개씩.** 열들은 목적 함수와, 학습에서 {fields}이(가) 다릅니다.",
    ),
    "drawn_origin": (
        "**At ψ = 0 every latent is 0.** Each generator has one image left: its guess at the middle.",
        "**ψ = 0이면 모든 잠재 벡터가 0입니다.** 생성자마다 그림 하나, 가운데의 짐작만 남습니다.",
    ),
    "field_model": ("networks", "신경망"),
    "field_steps": ("steps", "단계 수"),
    "field_batch": ("batch", "배치"),
    "field_rate": ("rate", "학습률"),
    "field_betas": ("Adam's β", "Adam의 β"),
    "field_decay": ("decay", "감쇠"),
    "field_critic_steps": ("the critic's moves", "판별자의 횟수"),
    "field_r1": ("R1", "R1"),
    "field_r2": ("R2", "R2"),
    "field_augment": ("augmentation", "증강"),
    "field_r1_every": ("how often R1 acts", "R1의 간격"),
    "field_clip": ("the cut of gradients", "기울기 자르기"),
    "field_average": ("averaging", "가중치 평균"),
    "field_seed": ("seed", "시드"),
    "opening": ("**Opening the checkpoints …** about a second.", "**체크포인트를 여는 중 …** 약 1초 걸립니다."),
    "column_no_answer": (
        "The server did not answer. Press New latents to try again.",
        "서버가 답하지 않았습니다. 새 잠재 벡터를 눌러 다시 해 보십시오.",
    ),
    "no_answer": (
        "**The server did not answer.** Press New latents to try again.",
        "**서버가 답하지 않았습니다.** 새 잠재 벡터를 눌러 다시 해 보십시오.",
    ),
}
