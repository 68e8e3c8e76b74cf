using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;

namespace GridMesh.Gateway.Open311;

/// <summary>Filing standards as services: a category is a service, its line is the group.</summary>
internal static class ServiceDocuments
{
    /// <summary>The one attribute that is asked for; others only tell what a case is filed under.</summary>
    public const string SeverityCode = "SEVERITY";

    private static readonly (Severity Key, string Name)[] s_severities =
        [(Severity.Normal, "一般 normal"), (Severity.Urgent, "紧急 urgent"),
            (Severity.Major, "重大 major")];

    public static Document List(IEnumerable<FilingStandard> standards) => new("services", new Listing("service",
        standards.Select(standard => new Fields(
            ("service_code", standard.Category),
            ("service_name", NameOf(standard)),
            ("description", standard.FilingCondition),
            ("metadata", true),
            ("type", "realtime"),
            ("keywords", $"{standard.Name}, {standard.NameEn}"),
            ("group", standard.Line.ToString())))));

    public static Document Definition(FilingStandard standard) => new("service_definition", new Fields(
        ("service_code", standard.Category),
        ("attributes", new Listing("attribute",
        [
            Told("FILING_CONDITION", 1, $"立案条件 taken when: {standard.FilingCondition}"),
            Told("CLOSING_CONDITION", 2, $"结案条件 done when: {standard.ClosingCondition}"),
            Attribute(
                true, SeverityCode, "singlevaluelist", 3, "严重程度 how bad it is",
                s_severities.Select(one => new Fields(("key", one.Key.ToString()), ("name", one.Name)))),
        ]))));

    public static string NameOf(FilingStandard standard) => $"{standard.Name} {standard.NameEn}";

    /// <summary>How long it may take once somebody has accepted it.</summary>
    public static string NoticeOf(FilingStandard standard)
    {
        var (zh, en) = standard.Clock switch
        {
            ClockKind.UrgentHour => ("小时（全天候）", "hours, day and night"),
            ClockKind.WorkHour => ("个工作小时", "working hours"),
            ClockKind.WorkDay => ("个工作日", "working days"),
            _ => ("天", "days"),
        };
        return $"受理后 {standard.Limit} {zh}内办结 handled within {standard.Limit} {en} of its acceptance";
    }

    private static Fields Told(string code, int order, string description) =>
        Attribute(false, code, "text", order, description, []);

    private static Fields Attribute(
        bool variable, string code, string datatype, int order, string description, IEnumerable<Part> values) => new(
        ("variable", variable),
        ("code", code),
        ("datatype", datatype),
        ("required", false),
        ("datatype_description", (string?)null),
        ("order", order),
        ("description", description),
        ("values", new Listing("value", values)));
}
