"""Words of the panel "Moving boxes"."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "tab": ("Moving boxes", "상자 옮기기"),
    "try": (
        "Press Another plan a few times: with |x − y| the cost stays 42. Switch to (x − y)²: now plans differ, "
        "yours costs 306, the cheapest 296. Then drag one slot left of the boxes.",
        "다른 계획을 몇 번 눌러 보세요. |x − y|로는 비용이 늘 42입니다. (x − y)²로 바꾸면 계획마다 달라져, "
        "내 계획은 306, 가장 싼 계획은 296입니다. 그다음 자리 하나를 상자 왼쪽으로 끌어 보세요.",
    ),
    "try_clouds": (
        "Drag the discs onto the ring: W₁ falls as far as it can. Then raise the blur: each disc sends mass to many "
        "rings.",
        "원반들을 고리 위로 끌어 보세요. W₁이 줄 수 있는 데까지 줄어듭니다. "
        "흐림을 올리면 원반마다 여러 고리로 보냅니다.",
    ),
    "try_joint": (
        "Take one from a cell, and put it back elsewhere until every sum is right again: that is another plan. "
        "Then take the product.",
        "한 칸에서 하나를 빼고, 모든 합이 다시 맞을 때까지 다른 칸에 넣어 보세요. 그것이 또 하나의 계획입니다. "
        "그다음 주변 분포의 곱을 눌러 보세요.",
    ),
    "outer": ("Product of the margins", "주변 분포의 곱"),
    "references": (
        "Arjovsky, Chintala, Bottou 2017, “Wasserstein GAN”. Cuturi 2013, “Sinkhorn Distances”. "
        "Cover, Thomas, “Elements of Information Theory”, example 2.2.1.",
        "Arjovsky, Chintala, Bottou 2017, “Wasserstein GAN”. Cuturi 2013, “Sinkhorn Distances”. "
        "Cover, Thomas, “Elements of Information Theory”, 예제 2.2.1.",
    ),
    "scene": ("What is moved", "무엇을 옮기나"),
    "scene_boxes": ("Boxes", "상자"),
    "scene_clouds": ("Two clouds", "두 구름"),
    "scene_joint": ("A joint table", "결합표"),
    "starts": ("Boxes to begin with", "시작하기 좋은 상자"),
    "start_earth_mover": ("1, 2, 3 → 7–10", "1, 2, 3 → 7–10"),
    "start_another": ("the same, other plan", "같은 상자, 다른 계획"),
    "start_crossing": ("slots on both sides", "양쪽의 자리"),
    "cost": ("Cost of carrying one", "하나를 옮기는 비용"),
    "cost_distance": ("|x − y|", "|x − y|"),
    "cost_square": ("(x − y)²", "(x − y)²"),
    "look": ("Plan shown", "보이는 계획"),
    "look_mine": ("Mine", "내 계획"),
    "look_cheapest": ("Cheapest", "가장 싼 계획"),
    "blur": ("Entropic blur ε", "엔트로피 흐림 ε"),
    "blur_hint": (
        "Above 0 the cheapest plan spreads over many arcs.",
        "0보다 크면 가장 싼 계획이 여러 갈래로 번집니다.",
    ),
    "generated": ("Generated cloud", "생성 구름"),
    "real": ("Real cloud", "실제 구름"),
    "cloud_disc": ("Disc", "원반"),
    "cloud_ring": ("Ring", "고리"),
    "cloud_pair": ("Two blobs", "두 덩어리"),
    "cloud_line": ("Line", "선"),
    "joint": ("Sums to keep", "지킬 합"),
    "joint_hint": (
        "Each row 8/32 = 1/4; columns 1/2, 1/4, 1/8, 1/8.",
        "각 행은 8/32 = 1/4, 열은 1/2, 1/4, 1/8, 1/8입니다.",
    ),
    "boxes_are": ("boxes: generated", "상자: 생성"),
    "slots_are": ("slots: real", "자리: 실제"),
    "drag": ("drag a box, a slot or an arrowhead", "상자, 자리, 화살촉을 끄세요"),
    "your_plan": ("your plan", "내 계획"),
    "cheapest": ("cheapest", "가장 싼 계획"),
    "floor": ("boxes, slots and the plan's arcs", "상자와 자리, 계획의 화살표"),
    "steps": ("{sum} = {total} steps", "{sum} = {total}걸음"),
    "squares": ("{sum} = {total}", "{sum} = {total}"),
    "blurred_sum": (
        "blurred by ε = {blur}: {blurred}, against {total} without",
        "ε = {blur}로 흐리면 {blurred}, 흐리지 않으면 {total}",
    ),
    "table": ("The plan γ", "계획 γ"),
    "table_unit": ("boxes from row to column", "행에서 열로 옮길 상자 수"),
    "from": ("from {x}", "{x}에서"),
    "to": ("to {y}", "{y}로"),
    "sum_boxes": ("boxes", "상자"),
    "sum_slots": ("slots", "자리"),
    "more": ("one more from {x} to {y}", "{x}에서 {y}로 하나 더"),
    "less": ("one less from {x} to {y}", "{x}에서 {y}로 하나 덜"),
    "of": ("{n} of {all}", "{all} 중 {n}"),
    "total": ("cost = Σ γ(x, y) c(x, y) = {sum} = {total}", "비용 = Σ γ(x, y) c(x, y) = {sum} = {total}"),
    "another": ("Another plan", "다른 계획"),
    "first": ("First plan", "처음 계획"),
    "first_table": ("First table", "처음 표"),
    "take": ("Take the cheapest", "가장 싼 계획으로"),
    "prices": ("The same cost from the other side", "같은 비용을 다른 쪽에서"),
    "prices_unit": ("a price list f (Kantorovich–Rubinstein)", "가격표 f (Kantorovich–Rubinstein)"),
    "prices_hint": (
        "Buy every box at f(x), sell it at f(y). No price list whose gain f(y) − f(x) never exceeds the cost earns "
        "more than the cheapest plan costs.",
        "상자를 f(x)에 사서 f(y)에 팝니다. 차익 f(y) − f(x)가 운반 비용을 넘지 않는 어떤 가격표도 "
        "가장 싼 계획의 비용보다 더 벌지 못합니다.",
    ),
    "potential": ("the price list over the places", "자리마다의 가격"),
    "price_line": ("f, slope at most 1", "f, 기울기는 1 이하"),
    "price_slots": ("price at slots", "자리의 가격"),
    "price_boxes": ("price at boxes", "상자의 가격"),
    "worth": ("= {slots} − {boxes} = {total}", "= {slots} − {boxes} = {total}"),
    "generated_points": ("generated", "생성"),
    "real_points": ("real", "실제"),
    "drag_cloud": ("drag the discs", "원반들을 끄세요"),
    "plane": ("two clouds and the plan between them", "두 구름과 그 사이의 계획"),
    "points": ("New points", "새 점"),
    "clouds_hint": (
        "24 points each. A line's weight is the mass it carries; with no blur each point goes to one other.",
        "점은 24개씩입니다. 선의 굵기는 나르는 확률입니다. 흐림이 없으면 점 하나는 점 하나로 갑니다.",
    ),
    "cloud_distance": ("W₁ =", "W₁ ="),
    "cloud_square": ("W₂ =", "W₂ ="),
    "cloud_blurred": ("blurred {value}", "흐리면 {value}"),
    "joint_title": ("A joint distribution is a plan", "결합 분포는 하나의 계획입니다"),
    "joint_unit": ("in 32nds; its sums are the margins", "단위 1/32; 합이 주변 분포입니다"),
    "row_sum": ("p(y)", "p(y)"),
    "column_sum": ("p(x)", "p(x)"),
    "information_hint": (
        "How far the table is from the product of its margins, in bits: 0 means X and Y are independent. "
        "Every table with these sums is a plan between p(x) and p(y).",
        "표가 주변 분포의 곱에서 얼마나 먼지를 비트로 잰 값입니다. 0이면 X와 Y가 독립입니다. "
        "합이 이와 같은 표는 모두 p(x)와 p(y) 사이의 계획입니다.",
    ),
    "bits": ("= {value} bit", "= {value}비트"),
    "product": ("The product of the margins", "주변 분포의 곱"),
    "not_a_move": (
        "'{value}' is no plan; write moves from-to separated by commas, as in 1-7,2-8.",
        "'{value}'는 계획이 아닙니다. 1-7,2-8처럼 출발-도착을 쉼표로 나누어 쓰세요.",
    ),
    "too_many": (
        "'{value}' lists too many; give at most {limit}.",
        "'{value}'에 너무 많이 적혀 있습니다. {limit}개까지 쓰세요.",
    ),
    "not_a_table": (
        "'{value}' is no table; give {count} whole numbers from 0 to 32, separated by commas, not all 0.",
        "'{value}'는 표가 아닙니다. 0에서 32까지의 정수 {count}개를 쉼표로 나누어 쓰세요. 모두 0이면 안 됩니다.",
    ),
    "uneven": (
        "{boxes} boxes do not fill {slots} slots; give as many slots as boxes.",
        "상자 {boxes}개로 자리 {slots}개를 채울 수 없습니다. 상자와 자리의 수를 같게 하세요.",
    ),
    "nowhere": (
        "'{value}' moves from where no box is, or to where no slot is; name places of the lists.",
        "'{value}'는 상자가 없는 곳에서 떠나거나 자리가 없는 곳에 닿습니다. 목록에 있는 곳을 쓰세요.",
    ),
    "says_broken": (
        "**This is no plan yet.** The sums marked ✗ must be what stands beside them.",
        "**아직 계획이 아닙니다.** ✗ 표시가 된 합을 옆의 수에 맞추세요.",
    ),
    "says_equal_right": (
        "**Every plan costs {cost} here.** Every slot lies right of every box, so no box can save a step.",
        "**여기서는 어떤 계획이든 비용이 {cost}입니다.** 모든 자리가 상자보다 오른쪽이라 한 걸음도 줄지 않습니다.",
    ),
    "says_equal_left": (
        "**Every plan costs {cost} here.** Every slot lies left of every box, so no box can save a step.",
        "**여기서는 어떤 계획이든 비용이 {cost}입니다.** 모든 자리가 상자보다 왼쪽이라 한 걸음도 줄지 않습니다.",
    ),
    "says_equal": (
        "**Every plan costs {cost} here.** The dearest and the cheapest cost the same.",
        "**여기서는 어떤 계획이든 비용이 {cost}입니다.** 가장 비싼 계획과 가장 싼 계획의 비용이 같습니다.",
    ),
    "says_cheapest": (
        "**Your plan is as cheap as any.** No plan and no price list can beat {cost}: the two sides meet.",
        "**내 계획이 가장 쌉니다.** 어떤 계획도 어떤 가격표도 {cost}를 넘어서지 못합니다. 두 쪽이 만났습니다.",
    ),
    "says_dearer": (
        "**Your plan costs {mine}; the cheapest costs {cost}.** Swap the ends of two arcs and see whether it falls.",
        "**내 계획의 비용은 {mine}, 가장 싼 계획은 {cost}입니다.** 두 화살표의 끝을 바꾸어 줄어드는지 보세요.",
    ),
    "says_blurred": (
        "**Blurred by ε = {blur}, the plan costs {blurred}.** The cheapest costs {cost}; the blur pays to spread.",
        "**ε = {blur}로 흐린 계획의 비용은 {blurred}입니다.** 가장 싼 계획은 {cost}입니다. 번지는 값을 치릅니다.",
    ),
    "says_clouds": (
        "**{name} is {value}.** Each line is mass on its way; no other way of pairing is cheaper in sum.",
        "**{name} {value}입니다.** 선마다 확률이 옮겨 갑니다. 어떻게 짝지어도 합이 이보다 쌀 수 없습니다.",
    ),
    "says_clouds_blurred": (
        "**Blurred by ε = {blur}, lines fan out.** The mean cost is {blurred} instead of {cost}.",
        "**ε = {blur}로 흐리면 선이 퍼집니다.** 평균 비용이 {cost}에서 {blurred}로 늘어납니다.",
    ),
    "says_joint": (
        "**X tells {bits} bit about Y.** Every sum is as it must be, so this table is a plan.",
        "**X는 Y에 대해 {bits}비트를 알려 줍니다.** 모든 합이 맞으니 이 표는 계획입니다.",
    ),
    "says_independent": (
        "**X and Y are independent.** The table is the product of its margins, a plan as good as any other.",
        "**X와 Y가 독립입니다.** 이 표는 주변 분포의 곱이고, 이것도 하나의 계획입니다.",
    ),
}
