"""Words of the Samples tab, of the image data and of the checkpoints."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "data_no_folder": (
        "{path} is no folder: name the folder that holds MNIST's four IDX files, or leave it out to download them.",
        "{path} 폴더가 없습니다. MNIST의 IDX 파일 네 개가 든 폴더를 지정하거나, 비워 두어 내려받으십시오.",
    ),
    "data_missing": (
        "{path} is missing: download it from {mirror} (md5 {md5}).",
        "{path} 파일이 없습니다. {mirror} 에서 내려받으십시오(md5 {md5}).",
    ),
    "data_wrong_md5": (
        "{path} is damaged: its md5 is {found}, not {md5}; download it again from {mirror}.",
        "{path} 파일이 손상되었습니다. md5가 {md5}이 아니라 {found}입니다. {mirror} 에서 다시 내려받으십시오.",
    ),
    "data_not_idx": (
        "{name} is not an IDX file of bytes, or it is cut short: download it again.",
        "{name} 파일은 바이트 IDX 형식이 아니거나 중간에 잘렸습니다. 다시 내려받으십시오.",
    ),
    "data_no_network": (
        "MNIST could not be downloaded: fetch {mirror} (md5 {md5}) and its three companions, "
        "and name their folder with --data.",
        "MNIST를 내려받지 못했습니다. {mirror} (md5 {md5})와 나머지 세 파일을 받아 --data로 폴더를 지정하십시오.",
    ),
    "rooms_no_folder": (
        "{path} is no folder of rooms: name with --data one that holds <category>_train_lmdb and <category>_val_lmdb, "
        "such as LSUN's from {mirror}.",
        "{path}에 방 사진 폴더가 없습니다. <category>_train_lmdb와 <category>_val_lmdb가 든 폴더를 --data로 "
        "지정하십시오. LSUN은 {mirror} 에서 받을 수 있습니다.",
    ),
    "rooms_no_category": (
        "{path} holds no <category>_{split}_lmdb: unpack one there, such as LSUN's from {mirror}.",
        "{path}에 <category>_{split}_lmdb가 없습니다. {mirror} 의 LSUN 같은 것을 그곳에 푸십시오.",
    ),
    "rooms_no_database": (
        "{path} is missing or holds nothing: unpack it again, LSUN's from {mirror}.",
        "{path}이(가) 없거나 비어 있습니다. 다시 푸십시오. LSUN은 {mirror} 에서 받습니다.",
    ),
    "rooms_cut_short": (
        "{path} is no whole LMDB database, cut short perhaps: get it again, LSUN's from {mirror}.",
        "{path}은(는) 온전한 LMDB 데이터베이스가 아니거나 중간에 잘렸습니다. 다시 받으십시오. "
        "LSUN은 {mirror} 에서 받습니다.",
    ),
    "rooms_no_image": (
        "{path} holds at key {key} no whole JPEG or WebP image: get that database again.",
        "{path}의 키 {key}에 온전한 JPEG나 WebP 이미지가 없습니다. 그 데이터베이스를 다시 받으십시오.",
    ),
    "no_recipe": (
        "There is no recipe {name}: choose one of {names}.",
        "{name}(이)라는 레시피가 없습니다. 다음 중에서 고르십시오: {names}.",
    ),
    "state_missing": (
        "There is no run to resume at {path}: leave out --resume to start one.",
        "{path}에 이어 갈 학습이 없습니다. --resume 없이 새로 시작하십시오.",
    ),
    "state_damaged": (
        "The training state {path} is damaged: remove it and start the recipe again without --resume.",
        "학습 상태 {path}이(가) 손상되었습니다. 지우고 --resume 없이 다시 시작하십시오.",
    ),
    "state_other_recipe": (
        "The training state {path} belongs to another recipe than {recipe} as it stands: "
        "name the same steps, or start again without --resume.",
        "학습 상태 {path}은(는) 지금의 {recipe} 레시피와 다릅니다. "
        "같은 단계 수를 지정하거나 --resume 없이 다시 시작하십시오.",
    ),
    "train_interrupted": (
        "Interrupted at step {step}: the run is kept in {path}; go on with `pretrain {recipe} --resume`.",
        "{step}단계에서 중단했습니다. 학습은 {path}에 남아 있습니다. `pretrain {recipe} --resume`으로 이어 가십시오.",
    ),
    "train_line": (
        "step {step} · critic's loss {critic_loss}, gradient {critic_gradient} · "
        "generator's loss {generator_loss}, gradient {generator_gradient}",
        "{step}단계 · 판별자 손실 {critic_loss}, 기울기 {critic_gradient} · "
        "생성자 손실 {generator_loss}, 기울기 {generator_gradient}",
    ),
    "not_finite_critic_loss": (
        "{recipe} stopped at step {step}: the critic's loss is not finite; halve the recipe's rate.",
        "{recipe}: {step}단계에서 멈췄습니다. 판별자의 손실이 유한하지 않습니다. 학습률을 반으로 줄이십시오.",
    ),
    "not_finite_critic_gradient": (
        "{recipe} stopped at step {step}: the critic's gradient is not finite; halve the recipe's rate.",
        "{recipe}: {step}단계에서 멈췄습니다. 판별자의 기울기가 유한하지 않습니다. 학습률을 반으로 줄이십시오.",
    ),
    "not_finite_generator_loss": (
        "{recipe} stopped at step {step}: the generator's loss is not finite; halve the recipe's rate.",
        "{recipe}: {step}단계에서 멈췄습니다. 생성자의 손실이 유한하지 않습니다. 학습률을 반으로 줄이십시오.",
    ),
    "not_finite_generator_gradient": (
        "{recipe} stopped at step {step}: the generator's gradient is not finite; halve the recipe's rate.",
        "{recipe}: {step}단계에서 멈췄습니다. 생성자의 기울기가 유한하지 않습니다. 학습률을 반으로 줄이십시오.",
    ),
    "manifest_missing": (
        "{path} is missing: get it back from the repository; without it no checkpoint can be opened.",
        "{path} 파일이 없습니다. 저장소에서 다시 받으십시오. 이 파일 없이는 체크포인트를 열 수 없습니다.",
    ),
    "manifest_damaged": (
        "{path} is damaged: get it back from the repository; without it no checkpoint can be opened.",
        "{path} 파일이 손상되었습니다. 저장소에서 다시 받으십시오. 이 파일 없이는 체크포인트를 열 수 없습니다.",
    ),
    "manifest_format": (
        "{path} has format {found}, and this version reads {format}: get both from the same release.",
        "{path}의 형식은 {found}이고, 이 버전은 {format}을(를) 읽습니다. 같은 릴리스에서 받으십시오.",
    ),
    "no_checkpoint": (
        "There is no checkpoint {name}: choose one of {names}.",
        "{name}(이)라는 체크포인트가 없습니다. 다음 중에서 고르십시오: {names}.",
    ),
    "checkpoint_missing": (
        "The checkpoint {name} lacks its file {file}: get it back from the repository; the others work.",
        "체크포인트 {name}의 파일 {file}이(가) 없습니다. 저장소에서 다시 받으십시오. 다른 체크포인트는 쓸 수 있습니다.",
    ),
    "checkpoint_damaged": (
        "The checkpoint {name} is damaged ({file} is not what its manifest says): "
        "get it back from the repository; the others work.",
        "체크포인트 {name}이(가) 손상되었습니다({file}의 내용이 목록과 다릅니다). "
        "저장소에서 다시 받으십시오. 다른 체크포인트는 쓸 수 있습니다.",
    ),
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
    "ends": (
        "A walk has two ends, not {value}: give the places of two samples.",
        "두 잠재 벡터 사이의 길에는 끝이 둘 있어야 하는데 {value}입니다. 샘플 둘의 자리를 넣으십시오.",
    ),
    "checkpoint_text": (
        "{value} is no name of a checkpoint: give its name as text.",
        "{value}은(는) 체크포인트의 이름이 아닙니다. 이름을 글자로 넣으십시오.",
    ),
    # --- the tab
    "checkpoint": ("Checkpoint", "체크포인트"),
    "checkpoint_hint": (
        "A generator and its critic, trained for real on MNIST.",
        "MNIST로 실제로 학습한 생성자와 판별자입니다.",
    ),
    "seed": ("Seed", "시드"),
    "seed_hint": (
        "The same seed draws the same latents, on every machine.",
        "같은 시드는 어디서나 같은 잠재 벡터를 뽑습니다.",
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
    "more": ("64 more", "64개 더"),
    "download": ("PNG", "PNG"),
    "download_title": ("Save these images as a PNG file", "이 이미지들을 PNG 파일로 저장합니다"),
    "grid": ("Samples", "샘플"),
    "count": ("{n} latents of seed {seed}", "시드 {seed}의 잠재 벡터 {n}개"),
    "pick": (
        "Click an image to move the nearer end of the walk.",
        "이미지를 누르면 길의 한쪽 끝이 그리로 옮겨 갑니다.",
    ),
    "image": ("sample {place} of seed {seed}", "시드 {seed}의 샘플 {place}"),
    "image_end": ("sample {place} of seed {seed}, end {end} of the walk", "시드 {seed}의 샘플 {place}, 길의 끝 {end}"),
    "walk": ("Walk", "길"),
    "walk_unit": ("from latent A to latent B, {n} images", "잠재 벡터 A에서 B까지, 이미지 {n}장"),
    "walk_image": ("step {place} of {n} from A to B", "A에서 B까지 {n}장 중 {place}번째"),
    "scores": ("Scores", "점수"),
    "scores_unit": ("log-likelihood of 10,000 test images, nats", "시험 이미지 10,000장의 로그 가능도, 내트"),
    "rewards_blur": ("KDE rewards blur", "KDE는 흐림을 좋아합니다"),
    "column_measure": ("Kernel density (KDE)", "커널 밀도(KDE)"),
    "column_this": ("this checkpoint", "이 체크포인트"),
    "column_real": ("real images, same code", "실제 이미지, 같은 코드"),
    "column_published": ("published", "논문"),
    "protocol_2014": ("{n} samples, σ on validation", "샘플 {n}개, σ는 검증 집합에서"),
    "protocol_fgan": ("{n} samples, σ by 3 folds", "샘플 {n}개, σ는 3겹 교차검증"),
    "published_2014": ("225 ± 2", "225 ± 2"),
    "published_2014_title": ("Goodfellow et al. 2014, adversarial nets", "Goodfellow 외 2014, adversarial nets"),
    "published_fgan_title": (
        "The f-GAN paper's figures are on another scale that it does not state",
        "f-GAN 논문의 수치는 밝혀지지 않은 다른 척도에 있습니다",
    ),
    "blind": (
        "It measures how near test images lie to samples, pixel by pixel. It cannot see a broken stroke, "
        "a missing style, or a copied training image.",
        "시험 이미지가 샘플에 픽셀 단위로 얼마나 가까운지를 잽니다. "
        "끊어진 획, 빠진 글씨체, 베낀 학습 이미지는 보지 못합니다.",
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
        "R1 {r1:g} every {every} moves; gradient norm cut at {clip:g}",
        "R1 {r1:g}, {every}번마다; 기울기 크기 {clip:g} 이하",
    ),
    "files_value": ("{size} MB in half precision, checked by sha256", "반정밀도로 {size} MB, sha256으로 확인"),
    "practical": ("practical generator step", "생성자는 실용 단계"),
    "data_mnist": ("MNIST", "MNIST"),
    "data_mnist_long": ("MNIST, 60,000 digits", "MNIST, 숫자 60,000장"),
    "drawn": (
        "**{name} drew these from {n} latents.** Look for the strokes that break: no score in the table sees them.",
        "**{name} 생성자가 잠재 벡터 {n}개로 그렸습니다.** 끊어진 획을 찾아보십시오. 표의 점수는 그것을 보지 못합니다.",
    ),
    "opening": ("**Opening the checkpoint …** about a second.", "**체크포인트를 여는 중 …** 약 1초 걸립니다."),
    "no_answer": (
        "**The server did not answer.** Press New latents to try again.",
        "**서버가 답하지 않았습니다.** 새 잠재 벡터를 눌러 다시 해 보십시오.",
    ),
}
