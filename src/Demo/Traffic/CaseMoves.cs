using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Demo.World;

namespace GridMesh.Demo.Traffic;

/// <summary>A command on its way to a case.</summary>
/// <param name="Who">Whose token it goes in with.</param>
/// <param name="Name">The last part of the path.</param>
internal sealed record CaseCommand(TokenKey Who, string Name, byte[] Body);

/// <summary>Who does what, in which words: a move of a case as a request to the public API.</summary>
internal sealed partial class CaseMoves(TrafficWorld world, Random random, TimeProvider time)
{
    /// <summary>Cases that are given to a department and not to the grid's own people.</summary>
    private const double DepartmentShare = 0.2;

    private static readonly string[] s_results =
    [
        "已现场处置完毕，恢复原状", "已联系责任单位整改到位", "已劝导并清理现场", "已调解，双方达成一致", "已上门核实，情况已解决", "已排除隐患，拍照留存",
    ];

    private static readonly string[] s_returns = ["不属于本岗位职责，建议改派", "需专业部门处置", "位置不准确，请核实后再派"];

    private static readonly string[] s_rejects = ["重复上报", "不符合立案条件", "经核实情况不属实"];

    private static readonly string[] s_failures = ["现场未清理干净，请返工", "整改不到位", "缺少处置照片"];

    private static readonly string[] s_escalations = ["涉及多个社区，请街道协调", "超出网格处置能力", "需职能部门到场"];

    private static readonly string[] s_delays = ["雨天无法施工", "配件采购中", "当事人外出，约定时间再处理"];

    private static readonly string[] s_attention = ["群众关注度高，请加快办理", "领导批示件", "重复投诉，重点督办"];

    private static readonly string[] s_reopens = ["问题再次出现", "回访群众不满意", "现场复查未彻底"];

    private static readonly string[] s_appeals = ["当事人延误，非承办单位原因", "系统派单滞后", "现场封路无法按时到达"];

    /// <summary>How long a department that is called has to come.</summary>
    private static readonly TimeSpan s_comeWithin = TimeSpan.FromHours(2);

    private static readonly string[] s_feedback = ["已电话告知处理结果", "已短信反馈上报人", "已当面反馈，群众满意"];

    /// <summary>Null when nobody can do it, as in a grid whose people all left.</summary>
    public CaseCommand? Make(OpenCase open, CaseAction action)
    {
        var town = open.Grid.At(Tier.Town);
        return action switch
        {
            CaseAction.SelfHandle => SelfHandle(open) ?? Dispatch(open, town),
            CaseAction.Dispatch => Dispatch(open, town),
            CaseAction.Reject => Of(Office("dispatcher", town), "reject", "reason", Pick(s_rejects)),
            CaseAction.Accept => ByOwner(open, "accept", null, ""),
            CaseAction.Return => ByOwner(open, "return", "reason", Pick(s_returns)),
            CaseAction.Resolve => ByOwner(open, "resolve", "result", Pick(s_results)),
            CaseAction.Pass => new CaseCommand(Office("inspector", town), "inspect", "{\"pass\":true}"u8.ToArray()),
            CaseAction.Fail => OfBody(
                Office("inspector", town), "inspect", new { pass = false, reason = Pick(s_failures) }),
            CaseAction.Tell => Of(Office("dispatcher", town), "feedback", "text", Pick(s_feedback)),
            CaseAction.Evaluate => OfBody(Office("resident", town), "evaluate", new { score = Score() }),
            _ => MakeAside(open, action, town),
        };
    }

    private CaseCommand? MakeAside(OpenCase open, CaseAction action, AreaCode town) => action switch
    {
        CaseAction.Escalate => ByOwner(open, "escalate", "reason", Pick(s_escalations)),
        CaseAction.HandBack => OfBody(
            Office("dispatcher", open.Grid.District), "hand-back",
            new { to = open.Grid.Parent!.Value.Value, reason = "由社区就近办理" }),
        CaseAction.AskExtension => ByOwner(open, "extend", new { hours = 1, reason = Pick(s_delays) }),
        CaseAction.AskSuspension => ByOwner(open, "suspend", "reason", Pick(s_delays)),
        CaseAction.Grant => Decide(town, grant: true),
        CaseAction.Refuse => Decide(town, grant: false),
        CaseAction.Resume => ByOwner(open, "resume", null, ""),
        CaseAction.Supervise => OfBody(
            Office("supervisor", town), "supervise", new { level = 1, kind = "Important", reason = Pick(s_attention) }),
        CaseAction.Reopen => Of(Office("inspector", town), "reopen", "reason", Pick(s_reopens)),
        CaseAction.Summon => Summon(open, town),
        CaseAction.CheckIn => CheckIn(open),
        CaseAction.Appeal => ByOwner(open, "appeal", "reason", Pick(s_appeals)),
        CaseAction.Review => Review(open, town, grant: true),
        CaseAction.RefuseAppeal => Review(open, town, grant: false),
        CaseAction.NameParties => ByOwner(open, "parties", new { parties = Parties() }),
        CaseAction.Mediate => ByOwner(open, "mediations", Session(open.Sessions)),
        _ => throw new InvalidOperationException($"no command for {action}"),
    };

    private static CaseCommand Decide(AreaCode town, bool grant) =>
        OfBody(Office("supervisor", town), "extension", new { grant, reason = grant ? "同意" : "请按时办结" });

    private DepartmentEntry? DepartmentFor(OpenCase open) =>
        world.DepartmentFor(open.Category, open.Grid, open.Line, random);

    private CaseCommand? Summon(OpenCase open, AreaCode town) => DepartmentFor(open) is { } department
        ? OfBody(
            Office("dispatcher", town), "summon",
            new { departments = new[] { department.Id }, by = time.GetUtcNow() + s_comeWithin, reason = "需联合处置" })
        : null;

    private CaseCommand? CheckIn(OpenCase open) =>
        world.View.Departments.TryGetValue(open.Awaited ?? "", out var department)
            ? Of(new TokenKey("worker", department.Area, department.Id), "check-in", null, "")
            : null;

    /// <summary>Two have to grant it, and not the same one twice.</summary>
    private static CaseCommand Review(OpenCase open, AreaCode town, bool grant) => OfBody(
        Office(open.Appeal == AppealState.Asked ? "inspector" : "supervisor", town), "review",
        new { grant, reason = grant ? "情况属实" : "理由不充分" });

    private CaseCommand? SelfHandle(OpenCase open) => world.OwnerIn(open.Grid, open.Line, random) is { } owner
        ? new CaseCommand(new TokenKey("worker", owner.Grid, owner.Id), "self-handle", "{}"u8.ToArray())
        : null;

    private CaseCommand? Dispatch(OpenCase open, AreaCode town)
    {
        var inGrid = world.OwnerIn(open.Grid, open.Line, random)?.Id;
        // What came back from the grid goes to a department.
        var toDepartment = open.Step == Step.Returned || random.NextDouble() < DepartmentShare;
        var owner = toDepartment || inGrid is null ? DepartmentFor(open)?.Id ?? inGrid : inGrid;
        return owner is null ? null : Of(Office("dispatcher", town), "dispatch", "owner", owner);
    }

    private CaseCommand? ByOwner(OpenCase open, string name, string? field, string text) =>
        OwnerOf(open) is { } owner ? Of(owner, name, field, text) : null;

    private CaseCommand? ByOwner(OpenCase open, string name, object body) =>
        OwnerOf(open) is { } owner ? OfBody(owner, name, body) : null;

    private TokenKey? OwnerOf(OpenCase open)
    {
        if (open.Owner is not { } owner)
            return null;

        AreaCode? area = world.View.Workers.TryGetValue(owner, out var worker) ? worker.Grid
            : world.View.Departments.TryGetValue(owner, out var department) ? department.Area
            : null;
        // Somebody of another grid may own it: the token has to reach the case.
        return area is { } own ? new TokenKey("worker", own.Contains(open.Grid) ? own : open.Grid, owner) : null;
    }

    private static TokenKey Office(string role, AreaCode town) => new(role, town, null);

    private static CaseCommand OfBody(TokenKey who, string name, object body) =>
        new(who, name, JsonSerializer.SerializeToUtf8Bytes(body));

    private static CaseCommand Of(TokenKey who, string name, string? field, string text) => new(
        who, name, field is null ? "{}"u8.ToArray()
            : JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { [field] = text }));

    private string Pick(string[] from) => from[random.Next(from.Length)];

    /// <summary>Most are content.</summary>
    private int Score() => random.NextDouble() switch
    {
        < 0.55 => 5,
        < 0.85 => 4,
        < 0.94 => 3,
        < 0.98 => 2,
        _ => 1,
    };
}
