using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>A town calls departments 街镇吹哨, and they check in 部门报到.</summary>
internal sealed class Summoning : CaseTopic
{
    public Summoning()
    {
        Decide<SummonDepartments>(Summon);
        Decide<CheckIn>(Come, byCalled: true);
        Fold<DepartmentsSummoned>((state, e) => state with
        {
            Marks = state.Marks with
            {
                Summons = state.Marks.Summons.AddRange(e.Departments.Select(id => new Summons(id, e.Due, null))),
            },
        });
        Fold<DepartmentCheckedIn>((state, e) => state with
        {
            Marks = state.Marks with { Summons = [.. state.Marks.Summons.Select(summons => Came(summons, e))] },
        });
    }

    private static Summons Came(Summons summons, DepartmentCheckedIn e) =>
        summons.Department == e.Department && summons.CameAt is null ? summons with { CameAt = e.At } : summons;

    private static Decision Summon(IncidentState state, SummonDepartments c, CaseRules rules) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : c.By.Role is not (Role.Dispatcher or Role.Supervisor or Role.Admin) || c.By.Area.Tier > Tier.Town
            ? RejectCode.OnlyTheDeskMay
        : c.Due <= rules.Now ? RejectCode.TimeIsInThePast
        : !c.Departments.All(id => rules.Directory.Departments.TryGetValue(id, out var department)
            && department.Area.Contains(state.Number.Grid)) ? RejectCode.DepartmentIsUnknown
        : state.Marks.Summons.Length + c.Departments.Length > Summons.DepartmentsMax ? RejectCode.TooManyDepartments
        : new DepartmentsSummoned(rules.Now, c.By.Id, c.Departments, c.Due, c.Reason);

    private static Decision Come(IncidentState state, CheckIn c, CaseRules rules) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : state.Marks.Summons.FirstOrDefault(summons => summons.Department == c.By.Id && summons.CameAt is null)
            is { } summons ? new DepartmentCheckedIn(rules.Now, c.By.Id, c.By.Id, rules.Now > summons.Due)
        : RejectCode.DepartmentWasNotSummoned;
}
