using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Services;
using GridMesh.Grains.Clocks;

namespace GridMesh.Grains.Services;

/// <summary>Decides over a grid's services; pure.</summary>
public sealed class ServiceDecider(AreaCode grid, DirectoryView directory, WorkCalendar calendar)
{
    /// <summary>A fact, or why not.</summary>
    public (RejectCode? Reject, ServiceFact? Fact) Decide(ServiceFold fold, ServiceCommand command, DateTimeOffset now)
    {
        if (command is AskService ask)
            return Ask(fold, ask, now);

        if (command is EraseService erase)
            return Erase(fold, erase, now);

        if (fold.Find(command.Service) is not { } view)
            return (RejectCode.ServiceIsUnknown, null);

        var reject = FaultOf(view, command);
        return reject is null ? (null, FactOf(command, now)) : (reject, null);
    }

    private (RejectCode?, ServiceFact?) Ask(ServiceFold fold, AskService ask, DateTimeOffset now) =>
        fold.Find(ask.Service) is not null ? (RejectCode.CommandIdAlreadyUsed, null)
        : fold.Open >= ServiceRequest.OpenMax ? (RejectCode.GridHoldsTooManyServices, null)
        : fold.OpenOf(ask.Request.Phone) >= ServiceRequest.OpenOfPhoneMax
            ? (RejectCode.PhoneHasTooManyServices, null)
        : ServiceMatters.Find(ask.Request.Matter) is not { } matter ? (RejectCode.MatterIsUnknown, null)
        : (null, new ServiceAsked(
            now, ask.By.Id, ask.Service, ask.Request, calendar.Deadline(now, matter.Days, ClockKind.WorkDay)));

    /// <summary>One that is over long ago is not in the fold any more, and is erased all the same.</summary>
    private static (RejectCode?, ServiceFact?) Erase(ServiceFold fold, EraseService c, DateTimeOffset now) =>
        c.By.Role is not (Role.Inspector or Role.Admin) ? (RejectCode.RoleMayNot, null)
        : fold.Find(c.Service)?.State.IsOpen() == true ? (RejectCode.OnlyClosedCanBeErased, null)
        : (null, new ServiceErased(now, c.By.Id, c.Service, c.Reason, c.Person));

    private RejectCode? FaultOf(ServiceView view, ServiceCommand command) => command switch
    {
        TakeService => !command.By.ServesHouseholds(grid) ? RejectCode.OnlyTheOwnGridMay
            : view.State != ServiceState.Asked ? RejectCode.OnlyAskedCanBeTaken
            : null,
        AssignService assign => command.By.Role != Role.Lead || !command.By.ServesHouseholds(grid)
                ? RejectCode.OnlyTheGridLeaderMayAssign
            : view.State is not (ServiceState.Asked or ServiceState.Taken) ? RejectCode.OnlyAskedOrTakenCanBeAssigned
            : !directory.Workers.TryGetValue(assign.Worker, out var worker) || worker.Grid != grid
                ? RejectCode.WorkerIsNotOfThisGrid
            : null,
        AskDocuments => FaultOfHolder(view, command.By)
            ?? (view.State != ServiceState.Taken ? RejectCode.OnlyTakenCanWaitForDocuments : null),
        TakeDocuments => FaultOfHolder(view, command.By)
            ?? (view.State != ServiceState.DocumentsNeeded ? RejectCode.NoDocumentsAreWaitedFor : null),
        FinishService => FaultOfHolder(view, command.By)
            ?? (view.State != ServiceState.Taken ? RejectCode.OnlyTakenCanBeDone : null),
        DeclineService => view.State == ServiceState.Asked && command.By.ServesHouseholds(grid) ? null
            : FaultOfHolder(view, command.By)
                ?? (view.State != ServiceState.Taken ? RejectCode.OnlyAskedOrTakenCanBeDeclined : null),
        WithdrawService c => !IsAsker(view, command.By, c.HasToken) ? RejectCode.OnlyTheAskerMay
            : !view.State.IsOpen() ? RejectCode.ServiceIsOver
            : null,
        RateService c => !IsAsker(view, command.By, c.HasToken) ? RejectCode.OnlyTheAskerMay
            : view.State != ServiceState.Done ? RejectCode.OnlyDoneCanBeRated
            : null,
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no command of services"),
    };

    private static ServiceFact FactOf(ServiceCommand command, DateTimeOffset now) => command switch
    {
        TakeService c => new ServiceTaken(now, c.By.Id, c.Service, c.By.Id),
        AssignService c => new ServiceTaken(now, c.By.Id, c.Service, c.Worker),
        AskDocuments c => new DocumentsAsked(now, c.By.Id, c.Service, c.Text),
        TakeDocuments c => new DocumentsCame(now, c.By.Id, c.Service),
        FinishService c => new ServiceDone(now, c.By.Id, c.Service, c.Text),
        DeclineService c => new ServiceDeclined(now, c.By.Id, c.Service, c.Text),
        WithdrawService c => new ServiceWithdrawn(now, c.By.Id, c.Service),
        RateService c => new ServiceRated(now, c.By.Id, c.Service, c.Score, c.Comment),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no command of services"),
    };

    /// <summary>Who does it, or the grid's leader.</summary>
    private RejectCode? FaultOfHolder(ServiceView view, Actor by) =>
        by.ServesHouseholds(grid) && (by.Role == Role.Lead || view.Holder == by.Id)
            ? null
            : RejectCode.OnlyTheHolderOrTheGridLeaderMay;

    /// <summary>Somebody who asked by a code has nothing but the token; all of those share one subject.</summary>
    private static bool IsAsker(ServiceView view, Actor by, bool hasToken) =>
        hasToken || (by.Role != Role.Viewer && by.Id == view.AskedBy);
}
