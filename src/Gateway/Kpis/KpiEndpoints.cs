using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Plumbing.Sheets;

namespace GridMesh.Gateway.Kpis;

/// <summary>The indices 考核 of an area, a post, a department or a worker.</summary>
internal static class KpiEndpoints
{
    /// <summary>Longest id in characters.</summary>
    private const int IdMax = 64;

    private static readonly RejectCode[] s_codes =
    [
        RejectCode.RoleMayNot, RejectCode.WorkerIsUnknown, RejectCode.AreaIsOutsideYourOwn,
        RejectCode.OnlyTheWorkerOrItsLeadMay, RejectCode.DepartmentIsUnknown,
    ];

    public static void MapKpis(this IEndpointRouteBuilder api)
    {
        api.MapGet("kpis", GetAsync)
            .Describe(
                "getKpis",
                "Indices by hour, day or month, beside the span before and a year earlier; format=csv for a sheet",
                "考核指标，含环比与同比")
            .Produces<KpiAnswer>().AlsoProduces<string>(Sheet.MediaType).Refuses(s_codes);
        api.MapGet("kpis/children", ChildrenAsync)
            .Describe("getKpisOfChildren", "Indices of the areas below one, for comparison", "下级区域考核对比")
            .Produces<KpiComparison>().Refuses(s_codes);
    }

    private static async Task<IResult> GetAsync(
        [RegularExpression(TextForms.Area)] string? area, [MaxLength(IdMax)] string? worker,
        [MaxLength(IdMax)] string? department, [NamesOf<WorkerKind>] string? post, QueryTime? from, QueryTime? to,
        [NamesOf<KpiStep>] string? by, [AllowedValues("json", "csv")] string? format, HttpContext context,
        CurrentActor me, IDirectory directory, IKpiStore kpis, TimeProvider time, CancellationToken cancellation)
    {
        var query = new KpiQuery(area, worker, department, post);
        var check = new Check();
        var now = time.GetUtcNow();
        var span = KpiSpan.Read(check, by, from?.At, to?.At, now);
        var subject = query.Subject(check, me.Actor);
        if (span is null || subject is null)
            return check.Problem;

        if (Refusal(query, me.Actor, directory.Current) is { } refusal)
            return Problem.Of(refusal);

        var rows = await kpis.ReadAsync(subject, span.Period, span.From, span.To, cancellation);
        var parts = rows.GroupBy(row => span.PartOf(row.Start))
            .Select(part => (Start: part.Key, Figures: KpiFigures.Sum(part))).ToArray();
        if (Sheet.IsWanted(format, context))
            return KpiSheet.Of(parts, span.By);

        // Of a whole year the two are the same.
        var before = await SumAsync(span.Before);
        var yearBefore = span.YearBefore == span.Before ? before : await SumAsync(span.YearBefore);
        return Results.Ok(new KpiAnswer(
            subject, span.By, span.From, span.To,
            [.. parts.Select(part => new KpiPart(part.Start, part.Figures.Counts, part.Figures.Rates))],
            KpiSum.Of(KpiFigures.Sum(rows)), before, yearBefore));

        async Task<KpiSum?> SumAsync(KpiSpan other) => other.IsKept(now)
            ? KpiSum.Of(KpiFigures.Of(await kpis.SumAsync(subject, other.Period, other.From, other.To, cancellation)))
            : null;
    }

    private static async Task<IResult> ChildrenAsync(
        [RegularExpression(TextForms.Area)] string? area, [MaxLength(IdMax)] string? worker,
        [MaxLength(IdMax)] string? department, [NamesOf<WorkerKind>] string? post, QueryTime? from, QueryTime? to,
        [NamesOf<KpiStep>] string? by, CurrentActor me, IDirectory directory, IKpiStore kpis, TimeProvider time,
        CancellationToken cancellation)
    {
        var query = new KpiQuery(area, worker, department, post);
        var check = new Check();
        var span = KpiSpan.Read(check, by, from?.At, to?.At, time.GetUtcNow());
        check.That(
            query.Worker is null && query.Department is null && query.Post is null, "area", "is all that has children");
        var within = check.Area(area, "area") ?? me.Actor.Area;
        if (span is null || check.Failed)
            return check.Problem;

        if (Refusal(query, me.Actor, directory.Current) is { } refusal)
            return Problem.Of(refusal);

        var children = directory.Current.ChildrenOf(within);
        var items = new List<KpiChild>(children.Length);
        foreach (var child in children)
        {
            var figures = KpiFigures.Of(await kpis.SumAsync(
                KpiSubject.Of(child.Code), span.Period, span.From, span.To, cancellation));
            items.Add(new KpiChild(child.Code, child.Name, figures.Counts, figures.Rates));
        }

        return Results.Ok(new KpiComparison(within, span.By, span.From, span.To, items, null));
    }

    /// <summary>
    /// Residents see no indices, a worker those of its area and its own, nobody those of other areas.
    /// </summary>
    private static RejectCode? Refusal(KpiQuery query, Actor me, DirectoryView view)
    {
        if (me.Role == Role.Resident)
            return RejectCode.RoleMayNot;

        if (query.Worker is { } id)
        {
            return !view.Workers.TryGetValue(id, out var worker) ? RejectCode.WorkerIsUnknown
                : !me.Sees(worker.Grid) ? RejectCode.AreaIsOutsideYourOwn
                : me.Role == Role.Viewer || (me.Role == Role.Worker && me.Worker != id)
                    ? RejectCode.OnlyTheWorkerOrItsLeadMay
                    : null;
        }

        var named = query.Area is { Length: > 0 } text ? AreaCode.Parse(text) : me.Area;
        var area = query.Department is not { } department ? named
            : view.Departments.TryGetValue(department, out var entry) ? entry.Area
            : (AreaCode?)null;
        return area is not { } where ? RejectCode.DepartmentIsUnknown
            : me.Sees(where) ? null
            : RejectCode.AreaIsOutsideYourOwn;
    }

    /// <summary>Whose indices.</summary>
    private sealed record KpiQuery(string? Area, string? Worker, string? Department, string? Post)
    {
        /// <summary>Null when the question names nobody, or several.</summary>
        public string? Subject(Check check, Actor me)
        {
            var area = check.Area(Area, "area") ?? me.Area;
            var post = check.OneOf<WorkerKind>(Post, "post");
            check.That(Worker is null || Department is null, "worker", "and 'department' are not asked for together");
            check.That(Worker is not "", "worker", $"has 1-{IdMax} characters");
            check.That(Department is not "", "department", $"has 1-{IdMax} characters");
            check.That(
                post is null || area.Tier is Tier.District or Tier.Town, "post", "is asked for of a district or town");
            return check.Failed ? null
                : Worker is not null ? KpiSubject.OfWorker(Worker)
                : Department is not null ? KpiSubject.OfDepartment(Department)
                : post is { } kind ? KpiSubject.OfPost(area, kind)
                : KpiSubject.Of(area);
        }
    }
}
