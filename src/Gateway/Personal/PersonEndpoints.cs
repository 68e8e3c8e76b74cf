using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Services;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Accesses;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Personal;

/// <summary>
/// Somebody asks to be forgotten (docs/personal-data.md): what names them is found, shown, and erased where it is over.
/// </summary>
internal static class PersonEndpoints
{
    private static readonly CommandPipeline<None, Order, PersonAnswer> s_persons = new()
    {
        Find = None.Find,
        Refuse = (call, _, _) => call.Me.Role is Role.Inspector or Role.Admin ? null : RejectCode.RoleMayNot,
        DecideAsync = (call, _, order) => EraseAsync(call, order),
        RejectOf = _ => (null, null),
        Codes = [RejectCode.RoleMayNot],
    };

    public static void MapPersons(this IEndpointRouteBuilder api) =>
        s_persons.Map<PersonBody>(api, "persons/erase", Read, CommandAnswer<PersonAnswer>.Ok((_, answer) => answer))
            .Describe(
                "erasePerson", "Find what names somebody, and erase it where it is over",
                "按电话、姓名、账号或编号查找并删除个人信息；dryRun 仅列出")
            .WithMetadata(AccessKind.Person);

    private static Order Read(CommandCall call, None none, PersonBody body)
    {
        var check = call.Check;
        var value = check.OptionalText(body.Value, "value", ReportEndpoint.ReporterMax);
        check.That(value is null != body.Id is null, "value", "or 'id' is told, and not both");
        var subject = default(PersonalSubject);
        if (body.Id is { } id)
        {
            var isCase = CaseNumber.TryParse(id, out _, out _);
            var isService = ServiceRequest.TryGridOf(id, out var grid);
            check.That(isCase || isService, "id", "is the number of a case or a service");
            subject = isCase ? new PersonalSubject(id, string.Empty) : new PersonalSubject($"service:{grid}", id);
        }

        return new Order(
            value, subject, CaseCommands.Reason(call, body.Reason), body.ContactOnly ?? false, body.DryRun ?? false);
    }

    private static async Task<PersonAnswer> EraseAsync(CommandCall call, Order order)
    {
        var store = call.Service<IPersonalStore>();
        var person = order.Value is null ? null : store.MarkOf(order.Value);
        await call.Service<AccessRecorder>().RecordAsync(
            new AccessEntry(
                call.Now, call.Me.Sub, call.Me.Role, AccessKind.Person, call.Me.Area,
                person ?? (order.One.Subject.Length > 0 ? order.One.Subject : order.One.Stream)),
            call.Context.RequestAborted);
        var items = new List<PersonItem>();
        foreach (var subject in order.Value is null ? [order.One] : await store.FindAsync(order.Value))
        {
            if (Find(subject) is { } found && call.Me.Sees(found.Grid))
                items.Add(await EraseAsync(call, order, subject, found, person));
        }

        return new PersonAnswer(person, items);
    }

    private static async Task<PersonItem> EraseAsync(
        CommandCall call, Order order, PersonalSubject subject, PersonItem found, string? person)
    {
        var isSealed = await call.Service<IPersonalStore>().HasAsync(subject);
        if (await FaultOfAsync(call, subject, found, isSealed) is { } fault)
            return found with { Outcome = PersonOutcome.Left, Why = fault };

        if (order.IsDry)
            return found;

        var id = Commands.IdOf(call.Me.Sub, $"erase {call.Id} {subject.Stream} {subject.Subject}");
        var reject = found.Kind == PersonKind.Case
            ? (await call.Grain<IIncidentGrain>(found.Id).ExecuteAsync(
                new EraseCase(id, call.Me, order.Reason, order.ContactOnly, person))).Reject
            : (await call.Grain<IServiceGrain>(found.Grid.Value).ExecuteAsync(
                new EraseService(id, call.Me, found.Id, order.Reason, person))).Reject;
        return reject is { } why ? found with { Outcome = PersonOutcome.Left, Why = why }
            : found with { Outcome = isSealed ? PersonOutcome.Erased : PersonOutcome.Hidden };
    }

    /// <summary>What can be told before: so that a dry run tells what a real one would.</summary>
    private static async Task<RejectCode?> FaultOfAsync(
        CommandCall call, PersonalSubject subject, PersonItem found, bool isSealed)
    {
        if (found.Kind == PersonKind.Case)
        {
            return await call.Grain<IIncidentGrain>(found.Id).GetAsync() is not { } incident ? RejectCode.CaseNotFound
                : !call.Me.Sees(incident) ? RejectCode.LineIsOutsideYourOwn
                : incident.Step.IsOpen() ? RejectCode.OnlyClosedCanBeErased
                : null;
        }

        return found.Kind == PersonKind.Household ? RejectCode.OnlyClosedCanBeErased
            : await call.Grain<IServiceGrain>(found.Grid.Value).FindAsync(subject.Subject) is { } service
                ? service.State.IsOpen() ? RejectCode.OnlyClosedCanBeErased : null
            : isSealed ? null
            : RejectCode.NothingToErase;
    }

    private static PersonItem? Find(PersonalSubject subject)
    {
        if (CaseNumber.TryParse(subject.Stream, out var number, out _))
            return new PersonItem(PersonKind.Case, number.Value, number.Grid, PersonOutcome.WouldGo, null);

        var grid = subject.Stream[(subject.Stream.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return AreaCode.TryParse(grid, out var area, out _)
            ? new PersonItem(
                ServiceRequest.TryGridOf(subject.Subject, out _) ? PersonKind.Service : PersonKind.Household,
                subject.Subject, area, PersonOutcome.WouldGo, null)
            : null;
    }

    /// <param name="One">Where nobody is named but a thing.</param>
    private sealed record Order(string? Value, PersonalSubject One, string Reason, bool ContactOnly, bool IsDry);
}
