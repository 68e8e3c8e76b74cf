using System.Text.Json;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Services;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Services;

namespace GridMesh.Grains.Tests.Services;

public sealed class ServiceTests
{
    private const string Id = "S1";

    private static readonly Actor s_asker = Sample.By(Role.Resident, "r1");

    private readonly ServiceDecider _decider =
        new(Sample.Grid, Sample.Directory, new WorkCalendar(Sample.Directory.Data.Calendar));
    private ServiceFold _fold = new(new ServiceSnapshot());

    [Fact(DisplayName = "[SV1] the catalogue has fifteen matters, each with names, documents, ways to do it and days")]
    public void Catalogue()
    {
        ServiceMatters.All.Length.ShouldBe(15);
        ServiceMatters.All.Select(matter => matter.Code).Distinct().Count().ShouldBe(15);
        ServiceMatters.All.ShouldAllBe(matter => matter.Name != "" && matter.NameEn != "" && matter.Documents != ""
            && matter.DocumentsEn != "" && matter.Modes.Length > 0 && matter.Days > 0);
    }

    [Theory(DisplayName = "[SV3] a service moves along its states only; what does not fit is refused by name")]
    [InlineData("", "take", null)]
    [InlineData("", "documents", RejectCode.OnlyTheHolderOrTheGridLeaderMay)]
    [InlineData("", "finish", RejectCode.OnlyTheHolderOrTheGridLeaderMay)]
    [InlineData("", "decline", null)]
    [InlineData("", "withdraw", null)]
    [InlineData("", "rate", RejectCode.OnlyDoneCanBeRated)]
    [InlineData("take", "take", RejectCode.OnlyAskedCanBeTaken)]
    [InlineData("take", "assign", null)]
    [InlineData("take", "came", RejectCode.NoDocumentsAreWaitedFor)]
    [InlineData("take", "finish", null)]
    [InlineData("take", "decline", null)]
    [InlineData("take documents", "documents", RejectCode.OnlyTakenCanWaitForDocuments)]
    [InlineData("take documents", "finish", RejectCode.OnlyTakenCanBeDone)]
    [InlineData("take documents", "decline", RejectCode.OnlyAskedOrTakenCanBeDeclined)]
    [InlineData("take documents", "assign", RejectCode.OnlyAskedOrTakenCanBeAssigned)]
    [InlineData("take documents", "withdraw", null)]
    [InlineData("take documents came", "finish", null)]
    [InlineData("take finish", "finish", RejectCode.OnlyTakenCanBeDone)]
    [InlineData("take finish", "withdraw", RejectCode.ServiceIsOver)]
    [InlineData("take finish", "rate", null)]
    [InlineData("take finish rate", "rate", RejectCode.OnlyDoneCanBeRated)]
    [InlineData("decline", "take", RejectCode.OnlyAskedCanBeTaken)]
    [InlineData("withdraw", "take", RejectCode.OnlyAskedCanBeTaken)]
    public void Table(string before, string command, RejectCode? reject)
    {
        Do(Ask());
        foreach (var name in before.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Do(Command(name)).ShouldBeNull(name);

        Do(Command(command)).ShouldBe(reject);
    }

    [Fact(DisplayName = "[SV3] who does it and who may say so: the grid takes, its leader assigns, the holder goes on, the asker rates")]
    public void Who()
    {
        Do(Ask());
        Do(new TakeService(Guid.NewGuid(), By(Role.Worker, "w2", Sample.OtherGrid.Value), Id))
            .ShouldBe(RejectCode.OnlyTheOwnGridMay);
        Do(new TakeService(Guid.NewGuid(), By(Role.Dispatcher, "d", Sample.District.Value), Id))
            .ShouldBe(RejectCode.OnlyTheOwnGridMay);
        Do(new AssignService(Guid.NewGuid(), By(Role.Worker, "w1"), Id, "w1"))
            .ShouldBe(RejectCode.OnlyTheGridLeaderMayAssign);
        Do(new AssignService(Guid.NewGuid(), By(Role.Lead, "lead"), Id, "w2"))
            .ShouldBe(RejectCode.WorkerIsNotOfThisGrid);
        Do(new AssignService(Guid.NewGuid(), By(Role.Lead, "lead"), Id, "w3")).ShouldBeNull();
        Do(new FinishService(Guid.NewGuid(), By(Role.Worker, "w1"), Id, "x"))
            .ShouldBe(RejectCode.OnlyTheHolderOrTheGridLeaderMay);
        Do(new WithdrawService(Guid.NewGuid(), Sample.By(Role.Resident, "r2"), Id, false))
            .ShouldBe(RejectCode.OnlyTheAskerMay);
        Do(new FinishService(Guid.NewGuid(), By(Role.Worker, "w3"), Id, "x")).ShouldBeNull();
        Do(new RateService(Guid.NewGuid(), Sample.By(Role.Resident, "r2"), Id, false, 5, null))
            .ShouldBe(RejectCode.OnlyTheAskerMay);
        Do(new RateService(Guid.NewGuid(), Sample.By(Role.Resident, "r2"), Id, true, 5, null)).ShouldBeNull();
        Do(new RateService(Guid.NewGuid(), s_asker, "S9", true, 5, null)).ShouldBe(RejectCode.ServiceIsUnknown);
        (_fold.Find(Id)!.State, _fold.Find(Id)!.Score, _fold.Find(Id)!.Holder).ShouldBe((ServiceState.Rated, 5, "w3"));
    }

    [Fact(DisplayName = "[SV4] it is due after the working days of its matter, holidays left out, and late from then on while it is open")]
    public void Due()
    {
        Do(Ask("resident-medical-insurance"));
        // Three days of work from Monday 09:00; Wednesday is a holiday in the sample's calendar.
        var due = Sample.Now.AddDays(4);
        _fold.Find(Id)!.DueAt.ShouldBe(due);
        _fold.BoardAt(due).Overdue.ShouldBe(0);
        _fold.BoardAt(due.AddSeconds(1)).Overdue.ShouldBe(1);
        Do(Command("take"));
        Do(Command("finish"));
        _fold.BoardAt(due.AddSeconds(1)).Overdue.ShouldBe(0);
    }

    [Fact(DisplayName = "[SV6] three open services for a telephone, a thousand for a grid; what is over long ago is forgotten and stays counted")]
    public void Bounds()
    {
        for (var n = 1; n <= ServiceRequest.OpenOfPhoneMax; n++)
            Do(Ask(id: $"P{n}")).ShouldBeNull();

        Do(Ask(id: "P9")).ShouldBe(RejectCode.PhoneHasTooManyServices);
        Do(new WithdrawService(Guid.NewGuid(), s_asker, "P1", false)).ShouldBeNull();
        Do(Ask(id: "P9")).ShouldBeNull();
        for (var n = _fold.Open; n < ServiceRequest.OpenMax; n++)
            Do(Ask(id: $"Q{n}", phone: $"{n:D5}")).ShouldBeNull();

        Do(Ask(id: "R", phone: "99999")).ShouldBe(RejectCode.GridHoldsTooManyServices);
        for (var n = ServiceRequest.OpenOfPhoneMax; n < ServiceRequest.OpenMax; n++)
            Do(new WithdrawService(Guid.NewGuid(), s_asker, $"Q{n}", false)).ShouldBeNull();

        for (var n = 0; n < 10; n++)
        {
            Do(Ask(id: $"T{n}", phone: $"{n:D5}")).ShouldBeNull();
            Do(new WithdrawService(Guid.NewGuid(), s_asker, $"T{n}", false)).ShouldBeNull();
        }

        _fold.Of(ServiceState.Withdrawn).Count().ShouldBe(ServiceRequest.OverMax);
        _fold.BoardAt(Sample.Now).Withdrawn.ShouldBe(ServiceRequest.OpenMax - ServiceRequest.OpenOfPhoneMax + 11);
        _fold.Find("P1").ShouldBeNull("it ended first");
    }

    [Fact(DisplayName = "[SV7] a fold that was kept goes on as the whole one")]
    public void Kept()
    {
        Do(Ask());
        Do(Command("take"));
        Do(Ask(id: "S2"));
        Do(new DeclineService(Guid.NewGuid(), By(Role.Worker, "w1"), "S2", "no"));
        var whole = _fold;
        _fold = new ServiceFold(JsonSerializer.Deserialize<ServiceSnapshot>(
            JsonSerializer.SerializeToUtf8Bytes(whole.ToSnapshot(), MeshJson.Compact), MeshJson.Compact)!);
        _fold.Of(null).ShouldBe(whole.Of(null));
        _fold.Open.ShouldBe(1);
        Do(Command("finish")).ShouldBeNull();
        var board = _fold.BoardAt(Sample.Now);
        (board.Asked, board.Taken, board.Done, board.Declined, board.ByMatter.Single().Asked).ShouldBe((0, 0, 1, 1, 2));
    }

    [Fact(DisplayName = "[RU11, SV6] a fold that was kept forgets the same services as the whole one, also where one was rated long after it ended")]
    public void Forgets()
    {
        const int count = ServiceRequest.OverMax + 3;
        var (whole, kept) = (new ServiceFold(new ServiceSnapshot()), new ServiceFold(new ServiceSnapshot()));
        List<ServiceFact> facts = [];
        for (var n = 0; n < count; n++)
        {
            var at = Sample.Now.AddMinutes(n);
            facts.Add(
                new ServiceAsked(
                    at, "r", $"S{n}",
                    new ServiceRequest($"S{n}", "elderly-card", ServiceMode.ForYou, "张三", "138", null, null), at));
            facts.Add(new ServiceDone(at, "w", $"S{n}", "已办结"));
            if (n == 10)
                facts.Add(new ServiceRated(at, "r", "S0", 5, null));
        }

        foreach (var (version, fact) in facts.Index())
        {
            whole.Apply(version + 1, fact);
            kept.Apply(version + 1, fact);
            kept = version == 100 ? new ServiceFold(kept.ToSnapshot()) : kept;
        }

        whole.Find("S0").ShouldNotBeNull("it was rated");
        whole.Find("S1").ShouldBeNull("of it nothing was heard for longest");
        kept.PartsAt(Sample.Now).ShouldBe(whole.PartsAt(Sample.Now), ignoreOrder: true);
    }

    private static Actor By(Role role, string id, string? area = null) =>
        Sample.By(role, id, area ?? Sample.Grid.Value);

    private static AskService Ask(string matter = "elderly-card", string id = Id, string phone = "13800000001") => new(
        Guid.NewGuid(), s_asker, id, new ServiceRequest(id, matter, ServiceMode.ForYou, "张三", phone, null, null));

    private static ServiceCommand Command(string name)
    {
        var (worker, id) = (By(Role.Worker, "w1"), Guid.NewGuid());
        return name switch
        {
            "take" => new TakeService(id, worker, Id),
            "assign" => new AssignService(id, By(Role.Lead, "lead"), Id, "w3"),
            "documents" => new AskDocuments(id, worker, Id, "照片"),
            "came" => new TakeDocuments(id, worker, Id),
            "finish" => new FinishService(id, worker, Id, "已办结"),
            "decline" => new DeclineService(id, worker, Id, "不属本网格"),
            "withdraw" => new WithdrawService(id, s_asker, Id, false),
            _ => new RateService(id, s_asker, Id, false, 5, null),
        };
    }

    /// <summary>Every fact goes the way of the journal's text.</summary>
    private RejectCode? Do(ServiceCommand command)
    {
        var (reject, fact) = _decider.Decide(_fold, command, Sample.Now);
        if (fact is not null)
        {
            _fold.Apply(_fold.Version + 1, JsonSerializer.Deserialize<ServiceFact>(
                JsonSerializer.SerializeToUtf8Bytes(fact, MeshJson.Compact), MeshJson.Compact)!);
        }

        return reject;
    }
}
