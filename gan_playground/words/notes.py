"""What is seen on the stage, and why.

A note of the stage is ``**Statement.** Reason.``: what stands between the two pairs of asterisks is the
statement, drawn bold; the rest says why, or what to do. At most 140 characters without the asterisks,
whatever values stand in it. Keys that begin with ``of_`` are parts of notes.
"""

from typing import Final

_STATES: dict[str, tuple[str, str]] = {
    "press_play_line": (
        "**Press Play.** A generator will learn the blue curve.",
        "**시작을 누르세요.** 생성자가 파란 곡선을 배웁니다.",
    ),
    "press_play_plane": (
        "**Press Play.** A generator will learn the blue rings.",
        "**시작을 누르세요.** 생성자가 파란 고리로 그린 점들을 배웁니다.",
    ),
    "arrows": (
        "**The arrows show where the generator moves its points.** They follow the critic's slope at each point.",
        "**화살표는 생성자가 점을 옮기려는 방향입니다.** 각 점에서 판별자의 기울기를 따릅니다.",
    ),
    "curve_moves": (
        "**The generator moves its mass along the critic's slope.** Where the critic is flat, nothing moves.",
        "**생성자는 판별자의 기울기를 따라 확률을 옮깁니다.** 판별자가 평평한 곳에서는 움직이지 않습니다.",
    ),
    "small_cloud": (
        "**The generator starts as a small cloud.** It spreads once the critic slopes differently at its points.",
        "**생성자는 작은 구름에서 시작합니다.** 점마다 판별자의 기울기가 달라지면 퍼집니다.",
    ),
    "collapsed": (
        "**All samples sit close together.** Their spread is {spread:.0%} of the data's. "
        "Try a new seed, or more critic steps.",
        "**표본이 모두 한곳에 모였습니다.** 퍼진 정도가 데이터의 {spread:.0%}입니다. "
        "시드를 바꾸거나 판별자 단계를 늘려 보세요.",
    ),
    "collapsed_on_mode": (
        "**All samples sit on one mode.** Try a new seed, or more critic steps.",
        "**표본이 모두 한 봉우리에 있습니다.** 시드를 바꾸거나 판별자 단계를 늘려 보세요.",
    ),
    "flown": (
        "**{share:.0%} of the generated points lie outside the picture.** Lower the generator rate or raise R1, "
        "then Reset.",
        "**생성점의 {share:.0%}가 그림 밖에 있습니다.** 생성자 학습률을 낮추거나 R1을 높인 뒤 처음부터 해 보세요.",
    ),
}

_STOPPED: dict[str, tuple[str, str]] = {
    "stopped_critic_loss": (
        "**Stopped at step {step:,}.** The critic's loss is not finite. Halve the critic rate, then Reset.",
        "**{step:,}단계에서 멈췄습니다.** 판별자의 손실이 유한하지 않습니다. "
        "판별자 학습률을 반으로 줄이고 처음부터 해 보세요.",
    ),
    "stopped_critic_gradient": (
        "**Stopped at step {step:,}.** The critic's gradient is not finite. Halve the critic rate or limit the "
        "gradient norm, then Reset.",
        "**{step:,}단계에서 멈췄습니다.** 판별자의 기울기가 유한하지 않습니다. "
        "판별자 학습률을 반으로 줄이거나 기울기 노름을 제한하고 처음부터 해 보세요.",
    ),
    "stopped_generator_loss": (
        "**Stopped at step {step:,}.** The generator's loss is not finite. Halve the generator rate, then Reset.",
        "**{step:,}단계에서 멈췄습니다.** 생성자의 손실이 유한하지 않습니다. "
        "생성자 학습률을 반으로 줄이고 처음부터 해 보세요.",
    ),
    "stopped_generator_gradient": (
        "**Stopped at step {step:,}.** The generator's gradient is not finite. Halve the generator rate or limit the "
        "gradient norm, then Reset.",
        "**{step:,}단계에서 멈췄습니다.** 생성자의 기울기가 유한하지 않습니다. "
        "생성자 학습률을 반으로 줄이거나 기울기 노름을 제한하고 처음부터 해 보세요.",
    ),
}

_MODES: dict[str, tuple[str, str]] = {
    "modes": ("**{what}** {why}", "**{what}** {why}"),
    "of_none_found": (
        "No mode is found yet: each holds under 1 % of the samples.",
        "아직 찾은 봉우리가 없습니다. 어느 봉우리에도 표본이 1% 미만입니다.",
    ),
    "of_one_missing": ("1 of {all} modes is missing.", "봉우리 {all}개 중 1개를 놓쳤습니다."),
    "of_missing": ("{missing} of {all} modes are missing.", "봉우리 {all}개 중 {missing}개를 놓쳤습니다."),
    "of_one_missing_thin": (
        "1 of {all} modes is missing, {thin} more almost empty.",
        "봉우리 {all}개 중 1개를 놓쳤고, {thin}개는 거의 비었습니다.",
    ),
    "of_missing_thin": (
        "{missing} of {all} modes are missing, {thin} more almost empty.",
        "봉우리 {all}개 중 {missing}개를 놓쳤고, {thin}개는 거의 비었습니다.",
    ),
    "of_far": (
        "The critic marks them blue, but hardly a point is near enough to be pulled there.",
        "판별자는 파랗게 칠하지만, 그리로 끌려갈 생성점이 가까이에 거의 없습니다.",
    ),
    "of_far_one": (
        "The critic marks it blue, but hardly a point is near enough to be pulled there.",
        "판별자는 파랗게 칠하지만, 그리로 끌려갈 생성점이 가까이에 거의 없습니다.",
    ),
    "of_near": (
        "Generated points are near, but not on them.",
        "생성점이 가까이 있지만 아직 그 위에 있지 않습니다.",
    ),
    "of_unmarked": (
        "The critic does not mark them as real, so nothing pulls samples there.",
        "판별자가 그곳을 실제로 보지 않아서 표본을 끌어당기지 않습니다.",
    ),
    "bridges": (
        "**All {all} modes have samples, but only {share:.0%} sit on one.** "
        "A continuous generator must pass between them.",
        "**봉우리 {all}개에 모두 표본이 있지만, 봉우리 위에는 {share:.0%}뿐입니다.** "
        "연속인 생성자는 사이를 지나갈 수밖에 없습니다.",
    ),
    "all_found": (
        "**All {all} modes are found.** {share:.1%} of samples lie within 4 sd, spread {width:.2f} times as wide "
        "as the data.",
        "**봉우리 {all}개를 모두 찾았습니다.** 표본의 {share:.1%}가 4 sd 안에 있고, "
        "너비는 데이터의 {width:.2f}배입니다.",
    ),
    "all_found_uneven": (
        "**All {all} modes are found, but not evenly.** The fullest has {most:.1f} times its share, "
        "the emptiest {least:.1f}.",
        "**봉우리 {all}개를 모두 찾았지만 고르지 않습니다.** 가장 많은 곳은 제 몫의 {most:.1f}배, "
        "가장 적은 곳은 {least:.1f}배입니다.",
    ),
    "floor_hides_modes": (
        "**W₂ is within its noise floor, yet only {share:.0%} of samples sit on a mode.** "
        "{n:,} points are too few to tell.",
        "**W₂는 잡음 한계 안이지만, 봉우리 위 표본은 {share:.0%}뿐입니다.** 점 {n:,}개로는 가려낼 수 없습니다.",
    ),
    "floor_hides_missing": (
        "**W₂ is within its noise floor, yet {missing} of {all} modes are missing.** {n:,} points are too few to tell.",
        "**W₂는 잡음 한계 안이지만, 봉우리 {all}개 중 {missing}개가 없습니다.** 점 {n:,}개로는 가려낼 수 없습니다.",
    ),
}

_DISTANCES: dict[str, tuple[str, str]] = {
    "almost_equal": (
        "**q almost covers p.** Their exact divergence is {excess:.2g} above its least value.",
        "**q가 p와 거의 겹칩니다.** 정확한 발산이 최솟값보다 {excess:.2g}만큼 큽니다.",
    ),
    "bound_close": (
        "**The bound is close to the exact value.** The critic has little left to find.",
        "**하한이 정확한 값에 가깝습니다.** 판별자가 더 찾아낼 것이 거의 없습니다.",
    ),
    "bound_close_reference": (
        "**The bound is close to its reference.** The critic has little left to find.",
        "**하한이 기준값에 가깝습니다.** 판별자가 더 찾아낼 것이 거의 없습니다.",
    ),
    "bound_far": (
        "**The critic sees only {share:.0%} of the difference.** "
        "Its bound is {bound:.3g}, the true divergence {exact:.3g}.",
        "**판별자가 차이의 {share:.0%}만 찾았습니다.** 하한은 {bound:.3g}, 실제 발산은 {exact:.3g}입니다.",
    ),
    "bound_blind": (
        "**This critic is worse than a blind one.** Its bound is {bound:.3g}; a constant critic reaches {blind:.3g}.",
        "**이 판별자는 없느니만 못합니다.** 하한이 {bound:.3g}인데, 상수 판별자도 {blind:.3g}입니다.",
    ),
    "negative_wasserstein": (
        "**The Wasserstein estimate is negative.** The critic rates generated points above real ones: "
        "give it more steps.",
        "**바서슈타인 추정값이 음수입니다.** 판별자가 생성점을 실제 점보다 높게 봅니다. 판별자 단계를 늘려 보세요.",
    ),
    "bell_moves": (
        "**The bell is on its way.** Its exact divergence is {exact:.3g}; the best bell reaches {best:.3g}.",
        "**종 모양이 옮겨 가고 있습니다.** 정확한 발산은 {exact:.3g}, 가장 좋은 종의 값은 {best:.3g}입니다.",
    ),
    "shape": ("**{what}** {why}", "**{what}** {why}"),
    "of_broad": ("q is one broad bell over two peaks.", "q는 두 봉우리를 덮는 넓은 종 모양입니다."),
    "of_leaning": ("q sits mostly on one of two peaks.", "q는 두 봉우리 중 하나에 치우쳐 있습니다."),
    "of_between": ("q settles between two peaks.", "q는 두 봉우리 사이에 자리 잡았습니다."),
    "of_missing_mass": (
        "{name} punishes missing mass, so the bell stretches to cover both.",
        "빠뜨린 확률을 벌하는 발산이므로({name}) 둘 다 덮으려 합니다.",
    ),
    "of_stray_mass": (
        "{name} punishes mass where there is no data, so the bell avoids the gap.",
        "데이터가 없는 곳의 확률을 벌하는 발산이므로({name}) 빈틈을 피합니다.",
    ),
    "of_both_masses": (
        "{name} weighs missing and stray mass much alike.",
        "빠뜨린 확률과 벗어난 확률을 비슷하게 벌하는 발산입니다({name}).",
    ),
    "of_practical": (
        "The practical step drops the weight p/q, so this need not be the best bell.",
        "실용 단계는 무게 p/q를 버리므로 가장 좋은 종이 아닐 수 있습니다.",
    ),
    "of_best_bell": (
        "No single bell does better than {best:.3g} here; this one is at {exact:.3g}.",
        "종 하나로는 {best:.3g}보다 가까워질 수 없고, 지금은 {exact:.3g}입니다.",
    ),
    "within_floor": (
        "**{order} is within its noise floor.** With {n:,} points, the samples can't be told from a second draw "
        "of the data.",
        "**{order}가 잡음 한계 안에 있습니다.** 점 {n:,}개로는 데이터를 다시 뽑은 것과 구별할 수 없습니다.",
    ),
    "transport": (
        "**Samples are {distance:.2f} from the data by {order}.** Two draws of the data differ by {floor:.2f} at most "
        "nine times in ten.",
        "**표본은 데이터에서 {order}로 {distance:.2f} 떨어져 있습니다.** 데이터를 두 번 뽑으면 열에 아홉은 "
        "{floor:.2f} 이하로 다릅니다.",
    ),
}

_INFINITE: dict[str, tuple[str, str]] = {
    "infinite": ("**The exact divergence is infinite.** {why}", "**정확한 발산이 무한대입니다.** {why}"),
    "on_a_curve": (
        "**{name} stays at {value:.3g}.** The generated points lie on a curve, which has no area, "
        "however near it comes.",
        "**값이 {value:.3g}에서 변하지 않습니다({name}).** 생성점은 넓이가 없는 곡선 위에 있습니다.",
    ),
    "of_no_area": (
        "The generated points lie on a curve, which has no area: all real mass is missed.",
        "생성점이 넓이가 없는 곡선 위에 있어 실제 확률을 모두 빠뜨립니다.",
    ),
    "of_stops_short": (
        "The generator ends at {lo:.3g} and {hi:.3g}; real samples fall beyond, where q is 0.",
        "생성자는 {lo:.3g}에서 {hi:.3g}까지만 닿는데, q가 0인 그 밖에도 실제 표본이 있습니다.",
    ),
    "of_overshoots": (
        "The data end at {lo:.3g} and {hi:.3g}; the generator reaches beyond, where p is 0.",
        "데이터는 {lo:.3g}에서 {hi:.3g}까지인데, 생성자는 p가 0인 그 밖까지 닿습니다.",
    ),
    "of_atom": (
        "The generator puts a share of its samples on the single point {x:.3g}.",
        "생성자가 표본의 일부를 한 점 {x:.3g}에만 놓습니다.",
    ),
    "of_fold": (
        "The generator folds at {x:.3g}: q is infinite there, and q²/p has no integral.",
        "생성자가 {x:.3g}에서 접힙니다. 그곳에서 q가 무한대라 q²/p를 적분할 수 없습니다.",
    ),
    "of_heavy_p": (
        "Far out, p falls too slowly beside q for q f(p/q) to have an integral.",
        "먼 곳에서 p가 q보다 너무 천천히 줄어 q f(p/q)를 적분할 수 없습니다.",
    ),
    "of_heavy_q": (
        "Far out, q falls too slowly beside p for q f(p/q) to have an integral.",
        "먼 곳에서 q가 p보다 너무 천천히 줄어 q f(p/q)를 적분할 수 없습니다.",
    ),
    "of_bounded": (
        "The generator's range is bounded; real samples fall beyond, where q is 0.",
        "생성자가 닿는 범위에 끝이 있는데, q가 0인 그 밖에도 실제 표본이 있습니다.",
    ),
    "of_missed": (
        "{share:.1%} of the data fall where the generator puts nothing.",
        "데이터의 {share:.1%}가 생성자가 아무것도 놓지 않는 곳에 있습니다.",
    ),
    "of_strayed": (
        "{share:.1%} of the generated points fall where there are no data at all.",
        "생성점의 {share:.1%}가 데이터가 전혀 없는 곳에 있습니다.",
    ),
    "of_folds": (
        "The generator folds the plane: along the fold q is infinite, and q²/p has no integral.",
        "생성자가 평면을 접습니다. 접힌 선에서 q가 무한대라 q²/p를 적분할 수 없습니다.",
    ),
    "of_no_mean": (
        "One of the two has no mean: its tail falls too slowly.",
        "둘 중 하나는 꼬리가 너무 천천히 줄어 평균이 없습니다.",
    ),
}

_WARNINGS: dict[str, tuple[str, str]] = {
    "momentum_on_clipped_critic": (
        "Momentum makes a clipped critic unstable: choose RMSProp, or set β₁ to 0.",
        "가중치를 자른 판별자는 모멘텀이 있으면 불안정합니다. RMSProp을 쓰거나 β₁을 0으로 두세요.",
    ),
    "single_step_has_one_critic_step": (
        "A single step moves critic and generator once each; critic steps count in the alternating order only.",
        "단일 단계는 판별자와 생성자를 한 번씩 움직입니다. 판별자 단계 수는 번갈아 움직일 때만 쓰입니다.",
    ),
    "link_does_not_replay": (
        "The link opens this experiment, but not every move made here by hand: Reset makes them one again.",
        "링크는 이 실험을 열지만 여기서 손으로 한 모든 움직임을 담지는 못합니다. ‘처음부터’를 누르면 다시 같아집니다.",
    ),
}

SECTION: Final[dict[str, tuple[str, str]]] = _STATES | _STOPPED | _MODES | _DISTANCES | _INFINITE | _WARNINGS
