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
}
