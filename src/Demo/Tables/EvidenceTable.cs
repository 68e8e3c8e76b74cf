using GridMesh.Contracts.Codes;

namespace GridMesh.Demo.Tables;

/// <summary>
/// What has to be on record before a case is closed: by line, and where a category asks for something else.
/// </summary>
internal static class EvidenceTable
{
    private const string Photos = "处置前、处置后照片";

    private const string Rows = """
        illegal-building|停工通知书，拆除前后照片
        site-dust|整改前后照片，责令整改通知
        night-noise|现场检查记录，噪声实测值
        oil-smoke|整改前后照片，净化设施安装凭证
        square-noise|现场劝导记录
        dog-unleashed|现场劝导记录
        river-sewage|排口前后照片，溯源记录
        telecom-box|处置前、处置后照片，产权单位回执
        street-order|报警截图，处置后照片
        petition-followup|回访记录
        repeat-petition|化解协议，息访承诺
        group-petition|接访记录，书面答复
        wage-dispute|工资支付凭证或立案通知
        leak-dispute|修复前后照片，调解协议
        theft|受理登记表
        fraud|见面劝阻记录
        rented-room|登记完成截图
        special-person|走访记录
        camera-fault|修复前后画面
        road-hazard|整改前后照片
        railway-safety|封堵清理前后照片
        intrusion|报警截图，现场核查记录
        smoke|现场核查记录，现场照片
        fire-risk|报警截图，处置后照片
        water-level|水尺照片，巡查记录
        drowning|现场处置记录
        fire|出警记录，扑灭后照片
        lift-trapped|救援记录，检修合格记录
        lift-fault|检修合格记录
        building-risk|鉴定报告，撤离清单
        typhoon-shelter|转移安置名单
        elderly-alone|上门照片，走访记录
        hardship|帮扶记录
        homeless|救助登记表
        left-behind-child|监护落实记录
        elderly-card|送达签收
        pension-check|认证完成截图
        temporary-aid|核实表，救助审批单
        low-income-check|核查表
        birth-service|办结告知单
        funeral-custom|整改前后照片
        disability-card|送达签收
        insurance-service|办结告知单
        job-help|岗位推荐记录
        party-advice|书面答复
        dengue|清除前后照片
        rats|消杀记录
        cockroach|消杀记录
        vaccination|接种登记
        food-safety|现场检查笔录
        """;

    private static readonly Dictionary<string, string> s_own = Rows.Split('\n').Select(row => row.Split('|'))
        .ToDictionary(cells => cells[0], cells => cells[1]);

    public static IReadOnlyCollection<string> Categories => s_own.Keys;

    public static string Of(string category, Line line) => s_own.TryGetValue(category, out var own) ? own : line switch
    {
        Line.UrbanManagement => Photos,
        Line.Emergency => $"{Photos}，现场核查记录",
        Line.PublicSecurity => "核查处置记录，移交单",
        Line.Petitions => "调解协议或书面答复",
        Line.CivilAffairs => "走访记录",
        Line.PartyBuilding => "活动记录，现场照片",
        _ => "流调处置记录",
    };
}
