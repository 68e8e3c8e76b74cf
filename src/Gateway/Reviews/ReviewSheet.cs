using GridMesh.Contracts.Clocks;
using GridMesh.Gateway.Plumbing.Sheets;

namespace GridMesh.Gateway.Reviews;

/// <summary>The list as one table. The first column says which part of the list a line is of.</summary>
internal static class ReviewSheet
{
    private static readonly string[] s_headings =
    [
        "项目 part", "区域 area", "类别 category", "数量 cases", "案件号 id", "环节 step", "责任人 owner", "上报时间 reportedAt",
        "时限 dueAt", "超期 overdue", "未结天数 daysOpen", "集中数量 inSpot", "经度 lng", "纬度 lat",
    ];

    public static IResult Of(ReviewAnswer answer) => Sheet.Of("review.csv", Lines(answer));

    private static IEnumerable<object?[]> Lines(ReviewAnswer answer)
    {
        yield return s_headings;
        foreach (var one in answer.Open.Oldest)
        {
            yield return
            [
                "未结 open", one.Grid, one.Category, 1, one.Id, one.Step, one.Owner, Time(one.ReportedAt),
                Time(one.DueAt), one.Overdue ? "是" : "否", one.DaysOpen, null, null, null,
            ];
        }

        foreach (var one in answer.Repeats)
        {
            yield return
            [
                "反复 repeat", one.Grid, one.Category, one.Cases, null, null, null, null, null, null, null,
                one.InSpot, one.Spot?.Lng, one.Spot?.Lat,
            ];
        }

        foreach (var (one, child) in answer.Shared.SelectMany(one => one.Children.Select(child => (one, child))))
        {
            yield return
            [
                "共性 shared", child.Code, one.Category, child.Cases, null, null, null, null, null, null, null, null,
                null, null,
            ];
        }

        foreach (var one in answer.Pending)
        {
            yield return
            [
                "待办 pending", answer.Area, one.Topic, null, one.Incident, null, one.Responsible, null,
                Time(ChinaTime.StartOf(one.DueOn)), one.Overdue ? "是" : "否", null, null, null, null,
            ];
        }
    }

    private static string? Time(DateTimeOffset? at) => at is { } moment ? ChinaTime.MinuteText(moment) : null;
}
