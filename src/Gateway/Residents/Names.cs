using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Services;

namespace GridMesh.Gateway.Residents;

/// <summary>What residents call things.</summary>
internal static class Names
{
    public static Said Of(Step step) => step switch
    {
        Step.Reported => new("已收到", "Received"),
        Step.Dispatched => new("已交办", "Passed on"),
        Step.Handling => new("处置中", "Being dealt with"),
        Step.Returned => new("重新交办", "Being passed on again"),
        Step.Inspecting => new("核查中", "Being checked"),
        Step.Feedback => new("即将答复", "Answer on its way"),
        Step.Closed => new("已办结", "Done"),
        Step.Evaluated => new("已评价", "Done and rated"),
        Step.Rejected => new("不予受理", "Not taken up"),
        _ => new("已并案", "Joined with another"),
    };

    /// <summary>The way of a case, as far as it matters to who waits for it.</summary>
    public static ImmutableArray<Said> Stages { get; } =
    [
        new("收到", "Received"), new("交办", "Passed on"), new("处置", "Dealt with"), new("核查", "Checked"),
        new("办结", "Done"),
    ];

    /// <summary>How many of the stages it has reached; 0 where it left the way.</summary>
    public static int StageOf(Step step) => step switch
    {
        Step.Reported => 1,
        Step.Dispatched or Step.Returned => 2,
        Step.Handling => 3,
        Step.Inspecting or Step.Feedback => 4,
        Step.Closed or Step.Evaluated => 5,
        _ => 0,
    };

    /// <summary>Of what a mark or a chip looks like: waiting, under way, done, or neither.</summary>
    public static string ToneOf(Step step) => step switch
    {
        Step.Reported or Step.Returned => "new",
        Step.Closed or Step.Evaluated => "done",
        Step.Rejected or Step.Merged => "off",
        _ => "busy",
    };

    public static Said Of(Line line) => line switch
    {
        Line.PartyBuilding => new("党建", "Party building"),
        Line.PublicSecurity => new("综治", "Public security"),
        Line.CivilAffairs => new("民政", "Civil affairs"),
        Line.UrbanManagement => new("城管", "Urban management"),
        Line.Petitions => new("信访", "Petitions"),
        Line.Emergency => new("应急", "Emergency"),
        _ => new("防疫", "Epidemic"),
    };

    public static Said Of(ServiceMode mode) => mode switch
    {
        ServiceMode.ForYou => new("代办：网格员替您办", "It is done for you"),
        ServiceMode.WithYou => new("陪办：网格员陪您去办", "Somebody goes with you"),
        _ => new("上门办：到您家里办", "Somebody comes to your home"),
    };

    public static Said Of(ServiceState state) => state switch
    {
        ServiceState.Asked => new("已收到", "Received"),
        ServiceState.Taken => new("办理中", "Being done"),
        ServiceState.DocumentsNeeded => new("等您补材料", "Waiting for documents from you"),
        ServiceState.Done => new("已办结", "Done"),
        ServiceState.Rated => new("已评价", "Done and rated"),
        ServiceState.Declined => new("不予办理", "Cannot be done"),
        _ => new("已撤回", "Withdrawn"),
    };

    public static Said Of(FilingStandard standard) => new(standard.Name, standard.NameEn);

    public static Said Of(AreaEntry area) => new(area.Name, area.NameEn);

    /// <summary>The names from the town down to the grid.</summary>
    public static Said PlaceOf(AreaCode grid, DirectoryView view)
    {
        var areas = Enumerable.Range((int)Tier.Town, (int)Tier.Grid - (int)Tier.Town + 1)
            .Select(tier => view.Areas.GetValueOrDefault(grid.At((Tier)tier))).OfType<AreaEntry>().ToArray();
        return new(
            string.Join(' ', areas.Select(area => area.Name)),
            string.Join(", ", areas.Reverse().Select(area => area.NameEn)));
    }
}
