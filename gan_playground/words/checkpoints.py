"""Words of the image data, of trainings, and of the files that ship: what is said when one is not as it should be."""

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
    "too_few_images": (
        "There are {found} training images, and {recipe} takes {batch} a step: name a folder with more.",
        "학습 이미지가 {found}장인데 {recipe} 레시피는 한 단계에 {batch}장을 씁니다. "
        "이미지가 더 많은 폴더를 지정하십시오.",
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
        "{path} is missing: get the folder from the repository, or name it by GAN_PLAYGROUND_PRETRAINED.",
        "{path} 파일이 없습니다. 저장소에서 폴더를 받거나 GAN_PLAYGROUND_PRETRAINED로 폴더를 지정하십시오.",
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
}
