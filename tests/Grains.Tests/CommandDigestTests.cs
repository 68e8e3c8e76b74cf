using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Facts;

namespace GridMesh.Grains.Tests;

public sealed class CommandDigestTests
{
    private static readonly Actor s_me = new("a", "a", Role.Lead, Sample.Grid, null, []);

    [Fact(DisplayName = "[ON3] two commands ask for the same when kind and body are the same, whoever sends them under which id")]
    public void Same()
    {
        var note = new NoteIncident(Guid.NewGuid(), s_me, "seen");
        var digest = CommandDigest.Of(note);
        CommandDigest.Of(
            note with { CommandId = Guid.NewGuid(), By = s_me with { Role = Role.Admin, Area = Sample.Grid.District } })
                .ShouldBe(digest);
        CommandDigest.Of(note with { Text = "another" }).ShouldNotBe(digest);
        CommandDigest.Of(new EscalateIncident(note.CommandId, s_me, "seen"))
            .ShouldNotBe(CommandDigest.Of(new ReopenIncident(note.CommandId, s_me, "seen")));
    }

    [Fact(DisplayName = "[ON3] the words of an alarm are the product's own: a standard that was renamed since makes no other command of it")]
    public void Alarms()
    {
        var alarm = new ReportIncident(
            Guid.NewGuid(), s_me, "smoke", "Smoke d1", new GeoPoint(108.3, 22.8), null, null, Source.Sensor, null,
            "d1:Smoke");
        CommandDigest.Of(alarm with { Description = "Smoke alarm d1" }).ShouldBe(CommandDigest.Of(alarm));
        CommandDigest.Of(alarm with { AlarmKey = "d2:Smoke" }).ShouldNotBe(CommandDigest.Of(alarm));
        CommandDigest.Of(alarm with { AlarmKey = null, Description = "x" })
            .ShouldNotBe(CommandDigest.Of(alarm with { AlarmKey = null }));
    }
}
