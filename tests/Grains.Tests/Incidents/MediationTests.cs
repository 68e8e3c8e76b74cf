using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Incidents;

namespace GridMesh.Grains.Tests.Incidents;

public sealed class MediationTests
{
    private readonly IncidentDecider _decider = new(Sample.Directory, new WorkCalendar(Sample.Directory.Data.Calendar));
    private IncidentState? _state;

    [Fact(DisplayName = "[ME1] only the owner of a case in Handling names parties and mediates, after naming them and not ahead of time")]
    public void Guards()
    {
        Try(Report).ShouldBeNull();
        Try(Naming("w1")).ShouldBe(RejectCode.OnlyHandlingCanBeMediated);
        Try(Session("w1", MediationOutcome.Failed)).ShouldBe(RejectCode.OnlyHandlingCanBeMediated);
        Try(new SelfHandleIncident(Guid.NewGuid(), Sample.By(Role.Worker, "w1"))).ShouldBeNull();
        Try(Naming("w2")).ShouldBe(RejectCode.OnlyTheOwnerMay);
        Try(Session("w1", MediationOutcome.Failed)).ShouldBe(RejectCode.PartiesAreUnnamed);
        Try(Naming("w1")).ShouldBeNull();
        Try(Session("w2", MediationOutcome.Failed)).ShouldBe(RejectCode.OnlyTheOwnerMay);
        Try(Session("w1", MediationOutcome.Failed, Sample.Now.AddSeconds(1)))
            .ShouldBe(RejectCode.SessionIsFromTheFuture);
        _state!.Mediation!.Sessions.ShouldBeEmpty();
    }

    [Fact(DisplayName = "[ME1] sessions and namings are bounded; the last naming counts")]
    public void Bounds()
    {
        Handle();
        for (var n = 1; n <= Party.NamingsMax; n++)
            Try(Naming("w1", $"party {n}")).ShouldBeNull();

        Try(Naming("w1")).ShouldBe(RejectCode.PartiesWereNamedTooOften);
        _state!.Mediation!.Parties[0].Name.ShouldBe($"party {Party.NamingsMax}");
        for (var n = 1; n <= MediationSession.CountMax; n++)
            Try(Session("w1", MediationOutcome.Adjourned)).ShouldBeNull();

        Try(Session("w1", MediationOutcome.Failed)).ShouldBe(RejectCode.TooManyMediations);
    }

    [Theory(DisplayName = "[ME2] a case with parties is resolved after a session that ended its mediation")]
    [InlineData(null, RejectCode.MediationIsOpen)]
    [InlineData(MediationOutcome.Adjourned, RejectCode.MediationIsOpen)]
    [InlineData(MediationOutcome.Agreed, null)]
    [InlineData(MediationOutcome.Failed, null)]
    [InlineData(MediationOutcome.ReferredToCourt, null)]
    public void Resolves(MediationOutcome? outcome, RejectCode? reject)
    {
        Handle();
        Try(Naming("w1")).ShouldBeNull();
        if (outcome is { } how)
            Try(Session("w1", how)).ShouldBeNull();

        Try(new ResolveIncident(Guid.NewGuid(), Sample.By(Role.Worker, "w1"), "done", [])).ShouldBe(reject);
    }

    [Fact(DisplayName = "[ME2] a session that is put off after an end opens the mediation again; a case without parties is resolved as ever")]
    public void Again()
    {
        Handle();
        Try(Naming("w1")).ShouldBeNull();
        Try(Session("w1", MediationOutcome.Failed)).ShouldBeNull();
        Try(Session("w1", MediationOutcome.Adjourned)).ShouldBeNull();
        Try(new ResolveIncident(Guid.NewGuid(), Sample.By(Role.Worker, "w1"), "done", []))
            .ShouldBe(RejectCode.MediationIsOpen);
        _state = null;
        Handle();
        Try(new ResolveIncident(Guid.NewGuid(), Sample.By(Role.Worker, "w1"), "done", [])).ShouldBeNull();
    }

    private static ReportIncident Report => new(
        Guid.NewGuid(), Sample.By(Role.Resident, "r1"), "litter", "text", null, null, null, Source.Resident, "r1",
        null);

    private static NameParties Naming(string who, string name = "a") =>
        new(Guid.NewGuid(), Sample.By(Role.Worker, who), [new Party(name, "1", null), new Party("b", null, "tenant")]);

    private static HoldMediation Session(string who, MediationOutcome outcome, DateTimeOffset? at = null) => new(
        Guid.NewGuid(), Sample.By(Role.Worker, who), new MediationSession(at ?? Sample.Now, "m", outcome, "t", null));

    private void Handle()
    {
        Try(Report).ShouldBeNull();
        Try(new SelfHandleIncident(Guid.NewGuid(), Sample.By(Role.Worker, "w1"))).ShouldBeNull();
    }

    private RejectCode? Try(IncidentCommand command)
    {
        var decision = _decider.Decide(_state, Sample.Number, command, Sample.Now);
        foreach (var fact in decision.Facts)
            _state = IncidentState.Fold(_state, Sample.Number, fact);

        return decision.Reject;
    }
}
