using System.Globalization;
using System.Net.Http.Headers;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Exchange;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Rules;

/// <summary>
/// Replaces one table of the rules: read, checked, compared, stored as a new version, and in force here at once.
/// </summary>
internal sealed class RuleService(IDirectoryStore store, LiveDirectory live, DirectoryRefresh watch)
{
    /// <summary>Largest table in bytes: five thousand standards with long conditions.</summary>
    public const long BodyMax = 8_000_000;

    /// <summary>Supervisors and admins read the rules.</summary>
    public static IResult? RefusalToRead(Actor me) =>
        me.Role is Role.Supervisor or Role.Admin ? null : Problem.Of(RejectCode.RoleMayNot);

    /// <summary>An admin of everything that is in the directory changes them: rules are the same everywhere.</summary>
    public IResult? RefusalToChange(Actor me) =>
        me.Role != Role.Admin ? Problem.Of(RejectCode.RoleMayNot)
        : live.Current.Data.Areas.All(area => me.Sees(area.Code)) ? null
        : Problem.Of(RejectCode.AreaIsOutsideYourOwn);

    /// <param name="fit">The table that these rows make with the present ones; says why, where they do not fit.</param>
    public async Task<IResult> PutAsync<T>(
        RuleKind<T> kind, HttpContext context, Actor me, bool dryRun,
        Func<ImmutableArray<T>, ImmutableArray<T>, Check, ImmutableArray<T>> fit, CancellationToken cancellation)
        where T : notnull
    {
        if (RefusalToChange(me) is { } refusal)
            return refusal;

        if (!kind.Readers.TryGetValue(MediaTypeOf(context), out var read))
            return Problem.Of(ProblemCode.MediaTypeNotSupported, $"Takes {string.Join(", ", kind.Readers.Keys)}.");

        // The body first: however long it takes, what it is compared with is the latest.
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellation);
        body.Position = 0;
        return await ReplaceAsync(kind, rules => read(body, rules), context, me, dryRun, fit, cancellation);
    }

    private async Task<IResult> ReplaceAsync<T>(
        RuleKind<T> kind, Func<RuleTables, RuleTable<T>> read, HttpContext context, Actor me, bool dryRun,
        Func<ImmutableArray<T>, ImmutableArray<T>, Check, ImmutableArray<T>> fit, CancellationToken cancellation)
        where T : notnull
    {
        if (await store.LatestAsync(cancellation) is not { } latest)
            return Problem.Of(RejectCode.AreaIsUnknown, "No directory was imported yet.");

        if (!Matches(context, latest.Version.Number))
            return Changed(latest.Version.Number);

        var rules = RuleTables.Of(latest.Data);
        var table = read(rules);
        if (table.Rows is not { } rows)
            return Invalid(table.Problems);

        var check = new Check();
        var fitted = fit(kind.Of(rules), rows, check);
        return check.Failed
            ? check.Problem
            : await StoreAsync(kind, latest, kind.With(rules, fitted), me, dryRun, cancellation);
    }

    private async Task<IResult> StoreAsync<T>(
        RuleKind<T> kind, StoredDirectory latest, RuleTables next, Actor me, bool dryRun,
        CancellationToken cancellation)
        where T : notnull
    {
        var change = RuleChange.Between(
            kind.Of(RuleTables.Of(latest.Data)), kind.Of(next), kind.Key, latest.Version.Number, dryRun);
        if (dryRun || change.IsNone)
            return Results.Ok(change);

        var origin = new DirectoryOrigin(me.Id, kind.Name);
        if (await store.ReviseAsync(next, latest.Version.Number, origin, cancellation) is not { } version)
            return Changed(await store.VersionAsync(cancellation));

        watch.Take(new StoredDirectory(version, latest.Data with
        {
            Standards = next.Standards,
            Calendar = next.Calendar,
            Ladders = next.Ladders,
        }));
        return Results.Ok(change with { Version = version.Number });
    }

    private static string MediaTypeOf(HttpContext context) =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var media)
            ? media.MediaType?.ToLowerInvariant() ?? ""
            : "";

    /// <summary>Without the header, or with <c>*</c>, whatever is there is replaced.</summary>
    private static bool Matches(HttpContext context, int version)
    {
        var tags = context.Request.Headers.IfMatch;
        return tags.Count == 0
            || tags.ToString().Split(',').Any(tag => tag.Trim() is "*" || tag.Trim() == TagOf(version));
    }

    public static string TagOf(int version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    private static IResult Changed(int version) => Problem.Of(
        ProblemCode.RulesWereChanged, $"The latest version is {version}.");

    /// <summary>A field of a line each, in both languages.</summary>
    private static IResult Invalid(IReadOnlyList<ImportProblem> problems) => Problem.Invalid(problems
        .GroupBy(problem => $"{(problem.Line > 0 ? $"line {problem.Line}" : "file")} {problem.Field}".TrimEnd())
        .ToDictionary(
            some => some.Key, some => some.Select(one => $"{one.MessageZh} / {one.MessageEn}").ToArray()));
}
