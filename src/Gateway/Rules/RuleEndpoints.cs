using GridMesh.Contracts.Directory;
using GridMesh.Exchange;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Problems;
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
        api.MapGet("rules", GetAsync).WithSummary("The rules in force: version, where it comes from, how many");
        api.MapGet("rules/versions", VersionsAsync).WithSummary("Versions that were stored, latest first");
        Map<FilingStandard, FilingStandard>(
            api, RuleKinds.Standards, row => row, RuleFiles.Write, "filing standards, which are the categories");
        Map<CalendarDay, CalendarDay>(
            api, RuleKinds.Calendar, row => row, RuleFiles.Write, "holidays and moved working days");
        Map(api, RuleKinds.Ladders, LadderItem.Of, RuleFiles.Write, "escalation ladders");
        api.MapGet("calendar.ics", ICalendar).WithSummary("Holidays and moved working days as an iCalendar");
        api.MapPut("standards", (HttpContext context, bool? dryRun, CurrentActor me, RuleDesk desk) =>
            desk.PutAsync(
                RuleKinds.Standards, context, me.Actor, dryRun is true, (_, rows, _) => rows, context.RequestAborted))
            .Describe("Replace the filing standards by a CSV; dryRun=true only tells what would change");
        api.MapPut("ladders", (HttpContext context, bool? dryRun, CurrentActor me, RuleDesk desk) =>
            desk.PutAsync(
                RuleKinds.Ladders, context, me.Actor, dryRun is true, (_, rows, _) => rows, context.RequestAborted))
            .Describe("Replace the escalation ladders by a CSV or JSON; dryRun=true only tells what would change");
        api.MapPut("calendar", (HttpContext context, bool? dryRun, int? year, CurrentActor me, RuleDesk desk) =>
            desk.PutAsync(
                RuleKinds.Calendar, context, me.Actor, dryRun is true,
                (before, rows, check) => FitYear(before, rows, year, check), context.RequestAborted))
            .Describe("Replace the calendar, or the year of it, by an iCalendar or CSV; dryRun=true only tells");
    }

    private static void Describe(this RouteHandlerBuilder door, string summary) =>
        door.WithSummary(summary).WithMetadata(new RequestSizeLimitAttribute(RuleDesk.BodyMax)).Produces<RuleChange>();

    private static void Map<T, TItem>(
        IEndpointRouteBuilder api, RuleKind<T> kind, Func<T, TItem> shape, Action<Stream, IEnumerable<T>> write,
        string what)
    {
        api.MapGet(kind.Name, (HttpContext context, CurrentActor me, LiveDirectory live) =>
            Tell(context, me, live, view => Results.Ok(kind.Of(RuleTables.Of(view.Data)).Select(shape))))
            .WithSummary($"The {what}");
        api.MapGet($"{kind.Name}.csv", (HttpContext context, CurrentActor me, LiveDirectory live) =>
            Tell(context, me, live, view =>
            {
                using var bytes = new MemoryStream();
                write(bytes, kind.Of(RuleTables.Of(view.Data)));
                return Results.Bytes(bytes.ToArray(), RuleKinds.Csv + Utf8);
            })).WithSummary($"The {what} as a CSV, ready to be changed and put back");
    }

    private static async Task<IResult> GetAsync(
        CurrentActor me, LiveDirectory live, IDirectoryStore store, CancellationToken cancellation) =>
        RuleDesk.RefusalToRead(me.Actor)
        ?? Results.Ok(RulesView.Of(live.Now, await store.VersionAsync(cancellation)));

    private static async Task<IResult> VersionsAsync(
        CurrentActor me, IDirectoryStore store, CancellationToken cancellation) =>
        RuleDesk.RefusalToRead(me.Actor) ?? Results.Ok(await store.ListAsync(VersionsMax, cancellation));

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
        if (RuleDesk.RefusalToRead(me.Actor) is { } refusal)
        {
            return refusal;
        }

        var view = live.Current;
        context.Response.Headers.ETag = RuleDesk.TagOf(view.Version);
        return tell(view);
    }

    /// <summary>With a year the days of that year are replaced, and the rest stays.</summary>
    private static ImmutableArray<CalendarDay> FitYear(
        ImmutableArray<CalendarDay> before, ImmutableArray<CalendarDay> rows, int? year, Check check)
    {
        if (year is not { } one)
        {
            return rows;
        }

        check.That(rows.All(day => day.Date.Year == one), "year", $"holds days of another year than {one}");
        ImmutableArray<CalendarDay> fitted =
            [.. before.Where(day => day.Date.Year != one).Concat(rows).OrderBy(day => day.Date)];
        check.That(
            fitted.Length <= ExchangeLimits.CalendarDaysMax, "body",
            $"makes more than {ExchangeLimits.CalendarDaysMax} days in all");
        return fitted;
    }
}
