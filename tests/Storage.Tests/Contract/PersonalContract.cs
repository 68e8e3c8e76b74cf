using System.Text;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Services;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class PersonalContract(IPlace place) : StorageContract(place)
{
    private const string Phone = "13812345678";
    private const string Number = "450105001003007-260701-0001";

    [Fact(DisplayName = "[PD1] what is personal in a fact lies sealed in the database and is read as it was, also elsewhere and after a restart")]
    public async Task Sealed()
    {
        var append = Report();
        await AppendAsync(append);
        var stored = (byte[])(await Store.ScalarAsync("SELECT payload FROM facts"))!;
        var text = Encoding.UTF8.GetString(stored);
        text.ShouldNotContain(Phone);
        text.ShouldNotContain("井盖");
        text.ShouldNotContain("resident-7");
        text.ShouldContain("manhole-missing");
        ((string)(await Store.ScalarAsync("SELECT author FROM facts"))!).ShouldNotContain("resident-7");
        await RestartAsync();
        foreach (var fact in new[]
        {
            (await Store.Journal.ReadStreamAsync(Number, cancellation: Token)).Single(),
            (await AllFactsAsync()).Single(),
            (await Store.Facts.ReadStreamsAsync([Number], ["IncidentReported"], Token)).Single(),
            (await Store.Facts.ReadAfterAsync(0, Samples.District, 10, Token)).Facts.Single(),
        })
        {
            fact.By.ShouldBe("resident-7");
            fact.Payload.ToArray().ShouldBe(append.Facts[0].Payload.ToArray());
        }
    }

    [Fact(DisplayName = "[PD2] with its key what is personal is gone: it reads as erased, the chain is clean, and what belongs to others stays")]
    public async Task Gone()
    {
        await AppendAsync(Report());
        await AppendAsync(Report("450105001003007-260701-0002"));
        await EraseAsync();
        await RestartAsync();
        var facts = await Store.Journal.ReadStreamAsync(Number, cancellation: Token);
        var report = FactJson.Decode<IncidentFact>(facts[0]).ShouldBeOfType<IncidentReported>();
        report.Description.ShouldBe(Erased.Text);
        report.Reporter.ShouldBe(Erased.Text);
        report.By.ShouldBe(Erased.Text);
        facts[0].By.ShouldBe(Erased.Text);
        report.Category.ShouldBe("manhole-missing");
        FactJson.Decode<IncidentFact>(facts[1]).ShouldBeOfType<CaseErased>().Reason.ShouldBe("asked for");
        (await Store.Journal.VerifyChainAsync(cancellation: Token)).ShouldBeEmpty();
        var other = (await Store.Journal.ReadStreamAsync("450105001003007-260701-0002", cancellation: Token)).Single();
        FactJson.Decode<IncidentFact>(other).ShouldBeOfType<IncidentReported>().Reporter.ShouldBe($"张三 {Phone}");
        (await Store.ScalarAsync($"SELECT count(*) FROM personal_keys WHERE stream = '{Number}'")).ShouldBe(0L);
    }

    [Fact(DisplayName = "[PD2] who reported goes alone, and what was written stays")]
    public async Task ContactOnly()
    {
        await AppendAsync(Report());
        await EraseAsync(contactOnly: true);
        var facts = await Store.Journal.ReadStreamAsync(Number, cancellation: Token);
        var report = FactJson.Decode<IncidentFact>(facts[0]).ShouldBeOfType<IncidentReported>();
        report.Reporter.ShouldBe(Erased.Text);
        report.Description.ShouldBe($"井盖缺失，请打 {Phone}");
    }

    [Fact(DisplayName = "[PD3] a number finds whom it names however it is written, a resident's subject its own reports, and nothing once they are erased")]
    public async Task Found()
    {
        await AppendAsync(Report());
        await AppendAsync(Service());
        foreach (var written in new[] { Phone, "+86 138-1234-5678", "１３８１２３４５６７８" })
        {
            (await Store.Personal.FindAsync(written, Token)).ShouldBe(
                [new(Number, ""), new("service:450105001003007", "450105001003007-S0123456789ab")]);
        }

        (await Store.Personal.FindAsync("resident-7", Token)).ShouldBe([new(Number, "")]);
        (await Store.Personal.FindAsync("13800000000", Token)).ShouldBeEmpty();
        (await MineAsync("resident-7")).ShouldBe([Number]);
        (await MineAsync(Phone)).ShouldBeEmpty("who is named in a case has not reported it");
        await EraseAsync();
        (await Store.Personal.FindAsync("resident-7", Token)).ShouldBeEmpty();
        (await Store.Personal.FindAsync(Phone, Token)).ShouldHaveSingleItem();
        (await MineAsync("resident-7")).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[PD4] an erased case is found by none of its words any more, and its photos are gone where nobody else names them")]
    public async Task Copies()
    {
        await Store.Evidence.PutAsync(new StoredPhoto(new string('a', 64), "image/jpeg", [1], [2]), Token);
        await Store.Evidence.PutAsync(new StoredPhoto(new string('b', 64), "image/jpeg", [1], [2]), Token);
        await Store.Evidence.PutAsync(new StoredPhoto(new string('b', 64), "image/jpeg", [1], [2]), Token);
        await AppendAsync(Report());
        await RestartAsync();
        (await TextAsync("井盖缺失")).ShouldBe([Number]);
        await EraseAsync(photos: [new string('a', 64), new string('b', 64)]);
        await RestartAsync();
        (await TextAsync("井盖缺失")).ShouldBeEmpty();
        (await Store.ScalarAsync("SELECT count(*) FROM cases WHERE description LIKE '%井盖%'")).ShouldBe(0L);
        (await Store.Evidence.FindAsync(new string('a', 64), thumbnail: true, Token)).ShouldBeNull();
        (await Store.Evidence.FindAsync(new string('b', 64), thumbnail: true, Token)).ShouldNotBeNull();
    }

    [Fact(DisplayName = "[PD5] keys take no transaction of their own, and an append that is refused leaves none")]
    public async Task NoMore()
    {
        await AppendAsync(Report());
        var before = Store.JournalCommits;
        await AppendAsync(Report("450105001003007-260701-0003"));
        Store.JournalCommits.ShouldBe(before + 1);
        var keys = await Store.ScalarAsync("SELECT count(*) FROM personal_keys");
        (await AppendAsync(Report())).Result.ShouldBe(AppendResult.VersionConflict);
        (await Store.ScalarAsync("SELECT count(*) FROM personal_keys")).ShouldBe(keys);
    }

    [Fact(DisplayName = "[PD6] facts from before lie as they were written and are read as ever")]
    public async Task Before()
    {
        await AppendAsync(Samples.Append(Number, 0));
        await Store.TamperAsync("DELETE FROM personal_keys");
        (await AllFactsAsync()).Single().By.ShouldBe("worker-1");
    }

    private static JournalAppend Report(string number = Number)
    {
        var fact = new IncidentReported(
            Samples.Noon, "resident-7", "manhole-missing", Line.UrbanManagement, Severity.Urgent,
            $"井盖缺失，请打 {Phone}", null, Source.Resident, $"张三 {Phone}", null, Samples.Noon);
        return new JournalAppend(
            number, 0, Guid.NewGuid(), Samples.District, [FactJson.ToNew<IncidentFact>(fact, isByResident: true)],
            Samples.Case(int.Parse(number[^4..], null), description: fact.Description));
    }

    private static JournalAppend Service()
    {
        const string Id = "450105001003007-S0123456789ab";
        var fact = new ServiceAsked(
            Samples.Noon, "public", Id,
            new ServiceRequest(Id, "pension-check", ServiceMode.AtHome, "李四", Phone, "3-201", null),
            Samples.Noon);
        return new JournalAppend(
            "service:450105001003007", 0, Guid.NewGuid(), Samples.District, [FactJson.ToNew<ServiceFact>(fact)]);
    }

    private async Task EraseAsync(bool contactOnly = false, string[]? photos = null) =>
        (await AppendAsync(new JournalAppend(
            Number, 1, Guid.NewGuid(), Samples.District,
            [
                FactJson.ToNew<IncidentFact>(new CaseErased(
                    Samples.Noon, "admin", "asked for", contactOnly, [.. photos ?? []], Person: null)),
            ],
            Samples.Case(1, version: 2, step: Step.Closed, closedDay: 20260701, description: Erased.Text))))
        .Result.ShouldBe(AppendResult.Appended);

    private async Task<string[]> MineAsync(string reporter) =>
        [.. (await Store.Cases.SearchAsync(new CaseQuery(Samples.District, Reporter: reporter), 10, null, Token))
            .Items.Select(row => row.Number.Value)];

    private async Task<string[]> TextAsync(string text) =>
        [.. (await Store.Cases.SearchAsync(new CaseQuery(Samples.District, Text: text), 10, null, Token))
            .Items.Select(row => row.Number.Value)];
}
