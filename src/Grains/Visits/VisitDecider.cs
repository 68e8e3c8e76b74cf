using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Visits;

namespace GridMesh.Grains.Visits;

/// <summary>Decides over a grid's visits; pure.</summary>
public static class VisitDecider
{
    /// <summary>A fact, or why not.</summary>
    public static (RejectCode? Reject, VisitFact? Fact) Decide(
        VisitFold fold, AreaCode grid, VisitCommand command, DateTimeOffset now) => command switch
    {
        LinkHousehold link => Link(fold, link, now),
        EndLink end => !MayPlan(command.By) ? (RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan, null)
            : fold.Find(end.Link) is null ? (RejectCode.LinkIsUnknown, null)
            : (null, new LinkEnded(now, command.By.Id, end.Link, end.Reason)),
        RecordVisit visit => fold.Find(visit.Link) is not { } life ? (RejectCode.LinkIsUnknown, null)
            : !MayRecord(life.Link, grid, command.By) ? (RejectCode.OnlyTheVisitorOrTheGridMay, null)
            : (null, new HouseholdVisited(now, command.By.Id, visit.Link, visit.Text)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no command of visits"),
    };

    private static (RejectCode?, VisitFact?) Link(VisitFold fold, LinkHousehold command, DateTimeOffset now)
    {
        var link = command.Link;
        return !MayPlan(command.By) ? (RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan, null)
            : fold.IsLinked(link.Kind, link.Building, link.Household) ? (RejectCode.HouseholdIsLinkedAlready, null)
            : link.Kind == VisitKind.Party && fold.HouseholdsOf(link.Visitor) >= VisitLink.HouseholdsMax
                ? (RejectCode.VisitorHasTooManyHouseholds, null)
            : fold.Count >= VisitLink.LinksMax ? (RejectCode.GridHoldsTooManyLinks, null)
            : (null, new HouseholdLinked(now, command.By.Id, link));
    }

    private static bool MayPlan(Actor by) =>
        by.Sees(Sight.OfHouseholds) && by.Role is (Role.Lead or Role.Supervisor or Role.Admin);

    /// <summary>A general visit is anybody's of the grid; a party member's is the member's or the leader's.</summary>
    private static bool MayRecord(VisitLink link, AreaCode grid, Actor by) =>
        by.Id == link.Visitor
        || (by.ServesHouseholds(grid) && (by.Role == Role.Lead || link.Kind == VisitKind.General));
}
