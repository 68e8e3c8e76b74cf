using System.Text.Json;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Incidents;

namespace GridMesh.Grains.Tests.Incidents;

public sealed class ErasingTests
{
    private static readonly string[] s_said =
        ["litter of Zhang", "Zhang 13812345678", "\"r1\"", "said of Li", "came from Li"];

    private readonly IncidentDecider _decider = new(Sample.Directory, new WorkCalendar(Sample.Directory.Data.Calendar));
    private readonly IncidentHistory _history = new(Sample.Number);

    [Fact(DisplayName = "[PD7] a case is erased by an inspector or administrator once it is over, once; then neither it nor its history says what was personal")]
    public void Erased()
    {
        Close();
        s_said.ShouldAllBe(said => Says().Contains(said));
        Try(Erase(Role.Dispatcher)).ShouldBe(RejectCode.RoleMayNot);
        Try(Erase(Role.Inspector)).ShouldBeNull();
        s_said.ShouldAllBe(said => !Says().Contains(said));
        var view = _history.Current()!;
        view.Description.ShouldBe(Contracts.Facts.Erased.Text);
        view.Photos.ShouldBeNull();
        view.Category.ShouldBe("litter");
        view.History.Length.ShouldBe((int)_history.Version);
        _history.State!.ToRow().Description.ShouldBe(Contracts.Facts.Erased.Text);
        _history.State.Report.By.ShouldBe(Contracts.Facts.Erased.Text);
        var facts = view.History.Length;
        Try(Erase(Role.Admin)).ShouldBeNull();
        _history.Version.ShouldBe(facts);
    }

    [Fact(DisplayName = "[PD7] an open case is not erased")]
    public void Open()
    {
        Try(Report).ShouldBeNull();
        Try(Erase(Role.Admin)).ShouldBe(RejectCode.OnlyClosedCanBeErased);
    }

    [Fact(DisplayName = "[PD7] who reported goes alone, and the rest may follow")]
    public void ContactOnly()
    {
        Close();
        Try(Erase(Role.Admin, contactOnly: true)).ShouldBeNull();
        Says().ShouldNotContain("13812345678");
        Says().ShouldContain("litter of Zhang");
        _history.Current()!.Photos.ShouldNotBeNull();
        Try(Erase(Role.Admin)).ShouldBeNull();
        Says().ShouldNotContain("litter of Zhang");
    }

    [Fact(DisplayName = "[PD8] a wrong reporter is put right by a fact, and the case has the right one from then on")]
    public void Corrected()
    {
        Try(Report).ShouldBeNull();
        Try(Correct(Role.Worker)).ShouldBe(RejectCode.RoleMayNot);
        Try(Correct(Role.Inspector)).ShouldBeNull();
        _history.Current()!.Reporter.ShouldBe("Wang 13900000000");
        _history.Current()!.History[^1].Fact.ShouldBeOfType<ReporterCorrected>();
        var facts = _history.Version;
        Try(Correct(Role.Inspector)).ShouldBeNull();
        _history.Version.ShouldBe(facts);
    }

    private static ReportIncident Report => new(
        Guid.NewGuid(), Sample.By(Role.Resident, "r1"), "litter", "litter of Zhang", null, null, null, Source.Resident,
        "Zhang 13812345678", null);

    private static CorrectReporter Correct(Role role) =>
        new(Guid.NewGuid(), Sample.By(role, "x"), "Wang 13900000000", "misheard");

    private static EraseCase Erase(Role role, bool contactOnly = false) =>
        new(Guid.NewGuid(), Sample.By(role, "x"), "asked for", contactOnly, null);

    private void Close()
    {
        Try(Report).ShouldBeNull();
        Try(new NoteIncident(Guid.NewGuid(), Sample.By(Role.Worker, "w1"), "said of Li")).ShouldBeNull();
        Try(new AddPhoto(
            Guid.NewGuid(), Sample.By(Role.Worker, "w1"),
            new Photo(new string('a', 64), PhotoKind.Before, "image/jpeg", 1, 1, 1))).ShouldBeNull();
        Try(new RejectIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher, "d1"), "came from Li")).ShouldBeNull();
    }

    private string Says() => JsonSerializer.Serialize(_history.Current(), MeshJson.Compact);

    private RejectCode? Try(IncidentCommand command)
    {
        var decision = _decider.Decide(_history.State, Sample.Number, command, Sample.Now);
        if (!decision.Facts.IsDefaultOrEmpty)
            _history.Add(command.CommandId, _history.After(decision.Facts));

        return decision.Reject;
    }
}
