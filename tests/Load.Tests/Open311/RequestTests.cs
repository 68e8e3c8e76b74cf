namespace GridMesh.Load.Tests.Open311;

public sealed class RequestTests
{
    [Fact(DisplayName = "[LO52] the number of a request is read from both formats, and none from anything else")]
    public void Numbers()
    {
        RequestClient.NumberIn("[{\"service_request_id\":\"7\"}]", asXml: false).ShouldBe("7");
        RequestClient.NumberIn("<r><request><service_request_id>7</service_request_id></request></r>", asXml: true)
            .ShouldBe("7");
        RequestClient.NumberIn("<r/>", asXml: true).ShouldBeNull();
        RequestClient.NumberIn("<r", asXml: true).ShouldBeNull();
        RequestClient.NumberIn("{}", asXml: false).ShouldBeNull();
    }

    [Fact(DisplayName = "[LO52] every acknowledged request has to be a case as it was reported, once, and a repeat the same number")]
    public void Judged()
    {
        var record = new DueCases(DemoDistrict.Generate())
            .Make(1, DateTimeOffset.UnixEpoch.AddYears(56), TimeSpan.FromSeconds(1)).Single();
        var fact = (IncidentReported)IncidentHistory.Decode(record) with { Source = Source.Resident };
        record = record with { Payload = IncidentHistory.Encode(fact) };
        Missed(1, (ledger, _) => ledger.Add(record)).ShouldBe(0);
        Missed(0, (ledger, _) => ledger.Add(record)).ShouldBe(1);
        Missed(1, (_, _) => { }).ShouldBe(1);
        Missed(1, (ledger, _) => { ledger.Add(record); ledger.Add(record); }).ShouldBe(1);
        Missed(1, (ledger, _) => { ledger.Add(record); ledger.Add(record with { Stream = "other" }); }).ShouldBe(1);
        Missed(1, (ledger, number) => { ledger.Add(record); ledger.Acknowledge(number, fact.Category); }).ShouldBe(1);
        Missed(1, (ledger, number) => { ledger.Add(record); ledger.Repeat(number, "503"); }).ShouldBe(1);
        int Missed(int states, Action<RequestLedger, string> then)
        {
            var ledger = new RequestLedger { ShownAsOpen = states };
            ledger.Acknowledge(record.Stream, fact.Category);
            then(ledger, record.Stream);
            return ledger.Verdicts.Count(verdict => !verdict.IsMet);
        }
    }
}
