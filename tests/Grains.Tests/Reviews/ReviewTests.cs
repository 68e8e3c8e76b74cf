using System.Text.Json;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Reviews;
using GridMesh.Grains.Reviews;

namespace GridMesh.Grains.Tests.Reviews;

public sealed class ReviewTests
{
    private const string Id = "R1";

    private static readonly AreaCode s_area = AreaCode.Parse("450105001001");
    private static readonly Actor s_desk = Sample.By(Role.Dispatcher);
    private static readonly DateOnly s_day = new(2026, 3, 1);

    private readonly ReviewFold _fold = new(new ReviewSnapshot());

    [Fact(DisplayName = "[RV9] what a review decided is done once, each item by itself")]
    public void Items()
    {
        Do(Finish(1)).ShouldBe(RejectCode.ReviewItemIsUnknown);
        Do(Hold(Id, items: 2)).ShouldBeNull();
        Do(Finish(3)).ShouldBe(RejectCode.ReviewItemIsUnknown);
        Do(Finish(2)).ShouldBeNull();
        Do(Finish(2)).ShouldBe(RejectCode.ReviewItemIsDone);
        _fold.Find(Id)!.IsDone.ShouldBeFalse();
        Do(Finish(1)).ShouldBeNull();
        _fold.Find(Id)!.IsDone.ShouldBeTrue();
        _fold.Find(Id)!.Items[1].ShouldBe(new ReviewItemView(Item, Sample.Now, s_desk.Id, "好"));
    }

    [Theory(DisplayName = "[RV10] minutes are the business of leaders and duty roles that are not limited to a line")]
    [InlineData(Role.Lead, null)]
    [InlineData(Role.Dispatcher, null)]
    [InlineData(Role.Inspector, null)]
    [InlineData(Role.Supervisor, null)]
    [InlineData(Role.Admin, null)]
    [InlineData(Role.Worker, RejectCode.RoleMayNot)]
    [InlineData(Role.Viewer, RejectCode.RoleMayNot)]
    [InlineData(Role.Resident, RejectCode.RoleMayNot)]
    public void Roles(Role role, RejectCode? reject)
    {
        Do(Hold(Id, by: Sample.By(role))).ShouldBe(reject);
        Do(Hold("R2", by: Sample.By(role, lines: Line.Emergency))).ShouldBe(RejectCode.RoleMayNot);
        Do(Hold("R3", by: Sample.By(role, area: "450105002"))).ShouldBe(RejectCode.RoleMayNot);
    }

    [Fact(DisplayName = "[RV11] an area keeps sixty reviews at hand: the oldest that is done gives way, and one more is refused where none is")]
    public void Bounds()
    {
        for (var i = 0; i < ReviewView.KeptMax; i++)
            Do(Hold($"R{i}", heldOn: s_day.AddDays(-i))).ShouldBeNull();
        Do(Hold("more")).ShouldBe(RejectCode.AreaHoldsTooManyReviews);
        Do(Finish(1, "R58")).ShouldBeNull();
        Do(Finish(1, "R3")).ShouldBeNull();
        Do(Hold("more", heldOn: s_day.AddDays(1))).ShouldBeNull();
        _fold.Find("R58").ShouldBeNull();
        _fold.All.Count().ShouldBe(ReviewView.KeptMax);
        _fold.All.First().Id.ShouldBe("more");
    }

    [Fact(DisplayName = "[RV9] a fold that was kept and opened again says the same")]
    public void Kept()
    {
        Do(Hold(Id, items: 2));
        Do(Finish(1));
        var kept = JsonSerializer.Deserialize<ReviewSnapshot>(
            JsonSerializer.Serialize(_fold.ToSnapshot(), MeshJson.Compact), MeshJson.Compact)!;
        new ReviewFold(kept).PartsAt(Sample.Now).ShouldBe(_fold.PartsAt(Sample.Now));
    }

    private static ReviewItem Item { get; } = new("夜市占道", "划线入市", "城管中队", s_day.AddDays(14), null);

    private static HoldReview Hold(string id, int items = 1, Actor? by = null, DateOnly? heldOn = null) =>
        new(Guid.NewGuid(), by ?? s_desk, id, heldOn ?? s_day, [.. Enumerable.Repeat(Item, items)]);

    private static FinishReviewItem Finish(int number, string review = Id) =>
        new(Guid.NewGuid(), s_desk, review, number, "好");

    private RejectCode? Do(ReviewCommand command)
    {
        var (reject, fact) = ReviewDecider.Decide(s_area, _fold, command, Sample.Now);
        if (fact is not null)
            _fold.Apply(_fold.Version + 1, fact);
        return reject;
    }
}
