using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Exchange;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.Mvc;

namespace GridMesh.Gateway.Rules;

/// <summary>The rules that change while everything runs (docs/standards.md).</summary>
internal static class RuleEndpoints
{
    /// <summary>Most versions that are listed.</summary>
    private const int VersionsMax = 100;

    private const string Utf8 = "; charset=utf-8";

    public static void MapRules(this IEndpointRouteBuilder api)
    {
        api.MapGet("rules", GetAsync)
            .Describe("getRules", "The rules in force: version, where it comes from, how many", "现行规则")
            .Produces<RulesView>().Refuses(RejectCode.RoleMayNot);
        api.MapGet("rules/versions", VersionsAsync)
            .Describe("listRuleVersions", "Versions that were stored, latest first", "历次版本")
            .Produces<IReadOnlyList<DirectoryVersion>>().Refuses(RejectCode.RoleMayNot);
        Map<FilingStandard, FilingStandard>(
            api, RuleKinds.Standards, row => row, RuleFiles.Write, "Standards",
            "The filing standards, which are the categories", "立案标准");
        Map<CalendarDay, CalendarDay>(
            api, RuleKinds.Calendar, row => row, RuleFiles.Write, "Calendar", "Holidays and moved working days",
            "工作日历");
        Map(
            api, RuleKinds.Ladders, LadderItem.Of, RuleFiles.Write, "Ladders", "The escalation ladders", "升级阶梯");
        api.MapGet("calendar.ics", ICalendar).WithMetadata(new TagMark())
            .Describe("getCalendarICalendar", "Holidays and moved working days as an iCalendar", "工作日历（iCalendar）")
            .Produces<string>(StatusCodes.Status200OK, RuleKinds.ICalendar).Refuses(RejectCode.RoleMayNot);
        api.MapPut("standards", (HttpContext context, bool? dryRun, CurrentActor me, RuleService desk) =>
            desk.PutAsync(
                RuleKinds.Standards, context, me.Actor, dryRun is true, (_, rows, _) => rows, context.RequestAborted))
            .DescribePut(
                RuleKinds.Standards, "replaceStandards",
                "Replace the filing standards by a CSV; dryRun=true only tells what would change", "替换立案标准");
        api.MapPut("ladders", (HttpContext context, bool? dryRun, CurrentActor me, RuleService desk) =>
            desk.PutAsync(
                RuleKinds.Ladders, context, me.Actor, dryRun is true, (_, rows, _) => rows, context.RequestAborted))
            .DescribePut(
                RuleKinds.Ladders, "replaceLadders",
                "Replace the escalation ladders by a CSV or JSON; dryRun=true only tells what would change",
                "替换升级阶梯", typeof(LadderItem));
        api.MapPut("calendar", (HttpContext context, bool? dryRun, int? year, CurrentActor me, RuleService desk) =>
            desk.PutAsync(
                RuleKinds.Calendar, context, me.Actor, dryRun is true,
                (before, rows, check) => FitYear(before, rows, year, check), context.RequestAborted))
            .DescribePut(
                RuleKinds.Calendar, "replaceCalendar",
                "Replace the calendar, or the year of it, by an iCalendar or CSV; dryRun=true only tells", "替换工作日历");
    }

    private static void DescribePut<T>(
        this RouteHandlerBuilder endpoint, RuleKind<T> kind, string id, string english, string chinese,
        Type? item = null)
        where T : notnull =>
        endpoint.Describe(id, english, chinese)
            .WithMetadata(
                new RawBody([.. kind.Readers.Keys], item), new MatchMark(),
                new RequestSizeLimitAttribute(RuleService.BodyMax))
            .Produces<RuleChange>()
            .Refuses(RejectCode.RoleMayNot, RejectCode.AreaIsOutsideYourOwn, RejectCode.AreaIsUnknown)
            .Refuses(ProblemCode.RulesWereChanged);

    private static void Map<T, TItem>(
        IEndpointRouteBuilder api, RuleKind<T> kind, Func<T, TItem> shape, Action<Stream, IEnumerable<T>> write,
        string id, string english, string chinese)
    {
        api.MapGet(kind.Name, (HttpContext context, CurrentActor me, LiveDirectory live) =>
            Tell(context, me, live, view => Results.Ok(kind.Of(RuleTables.Of(view.Data)).Select(shape))))
            .WithMetadata(new TagMark()).Describe($"list{id}", english, chinese)
            .Produces<IReadOnlyList<TItem>>().Refuses(RejectCode.RoleMayNot);
        api.MapGet($"{kind.Name}.csv", (HttpContext context, CurrentActor me, LiveDirectory live) =>
            Tell(context, me, live, view =>
            {
                using var bytes = new MemoryStream();
                write(bytes, kind.Of(RuleTables.Of(view.Data)));
                return Results.Bytes(bytes.ToArray(), RuleKinds.Csv + Utf8);
            }))
            .WithMetadata(new TagMark())
            .Describe($"get{id}Csv", $"{english}, as a CSV, ready to be changed and put back", $"{chinese}（CSV）")
            .Produces<string>(StatusCodes.Status200OK, RuleKinds.Csv).Refuses(RejectCode.RoleMayNot);
    }

    private static async Task<IResult> GetAsync(
        CurrentActor me, LiveDirectory live, IDirectoryStore store, CancellationToken cancellation) =>
        RuleService.RefusalToRead(me.Actor)
        ?? Results.Ok(RulesView.Of(live.Now, await store.VersionAsync(cancellation)));

    private static async Task<IResult> VersionsAsync(
        CurrentActor me, IDirectoryStore store, CancellationToken cancellation) =>
        RuleService.RefusalToRead(me.Actor) ?? Results.Ok(await store.ListAsync(VersionsMax, cancellation));

    private static IResult ICalendar(HttpContext context, CurrentActor me, LiveDirectory live) =>
        Tell(context, me, live, view =>
        {
            using var bytes = new MemoryStream();
            RuleFiles.WriteICalendar(
                bytes, view.Data.Calendar, live.Now.Version?.SavedAt ?? DateTimeOffset.UnixEpoch);
            return Results.Bytes(bytes.ToArray(), RuleKinds.ICalendar + Utf8);
        });

    private static IResult Tell(
        HttpContext context, CurrentActor me, LiveDirectory live, Func<DirectoryView, IResult> tell)
    {
        if (RuleService.RefusalToRead(me.Actor) is { } refusal)
            return refusal;

        var view = live.Current;
        context.Response.Headers.ETag = RuleService.TagOf(view.Version);
        return tell(view);
    }

    /// <summary>With a year the days of that year are replaced, and the rest stays.</summary>
    private static ImmutableArray<CalendarDay> FitYear(
        ImmutableArray<CalendarDay> before, ImmutableArray<CalendarDay> rows, int? year, Check check)
    {
        if (year is not { } one)
            return rows;

        check.That(rows.All(day => day.Date.Year == one), "year", $"holds days of another year than {one}");
        ImmutableArray<CalendarDay> fitted =
            [.. before.Where(day => day.Date.Year != one).Concat(rows).OrderBy(day => day.Date)];
        check.That(
            fitted.Length <= ExchangeLimits.CalendarDaysMax, "body",
            $"makes more than {ExchangeLimits.CalendarDaysMax} days in all");
        return fitted;
    }
}
