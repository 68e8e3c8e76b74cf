using System.Text.Json.Nodes;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Incidents;
using GridMesh.Grains.Subscriptions;

namespace GridMesh.Grains.Tests.Subscriptions;

public sealed class CaseEventTests
{
    private static readonly DateTimeOffset s_at = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    /// <summary>As it was written before a library made the envelope, but for the Z.</summary>
    private const string Rejected = """
        {"specversion":"1.0","id":"450105001001001-260302-0001/2","source":"urn:gridmesh:450105",
         "type":"cn.gridmesh.incident.rejected","time":"2026-03-02T01:00:00Z",
         "subject":"450105001001001-260302-0001","datacontenttype":"application/json",
         "data":{"incident":{"id":"450105001001001-260302-0001","grid":"450105001001001","step":"Rejected","version":2,
             "category":"litter","line":"UrbanManagement","severity":"Normal","position":null,
             "reportedAt":"2026-03-02T01:00:00+00:00","dueAt":null,"overdue":false,"owner":null,"desk":"450105001001"},
           "categoryName":"litter","categoryNameEn":"litter","closed":true,
           "fact":{"type":"IncidentRejected","seq":2,"at":"2026-03-02T01:00:00+00:00","text":"不属实 <𠮷>，请拨 ***"}}}
        """;

    [Fact(DisplayName = "[WH1] the envelope is CloudEvents 1.0, one for itself or some in a list, as receivers know it")]
    public void Envelope()
    {
        var case0 = IncidentState.Fold(null, Sample.Number, Report(order: null));
        var rejected = new IncidentRejected(s_at, "x", "不属实 <𠮷>，请拨 138.0000.1111");
        var one = new CaseEvent(7, IncidentState.Fold(case0, Sample.Number, rejected), rejected);

        var (body, type) = CaseEvent.Encode([one], isList: false, Sample.Directory);
        type.ShouldBe("application/cloudevents+json; charset=utf-8");
        JsonNode.DeepEquals(JsonNode.Parse(body.Span), JsonNode.Parse(Rejected))
            .ShouldBeTrue(System.Text.Encoding.UTF8.GetString(body.Span));

        (body, type) = CaseEvent.Encode([one, one], isList: true, Sample.Directory);
        type.ShouldBe("application/cloudevents-batch+json; charset=utf-8");
        JsonNode.DeepEquals(JsonNode.Parse(body.Span), JsonNode.Parse($"[{Rejected},{Rejected}]")).ShouldBeTrue();
    }

    [Fact(DisplayName = "[WH1] an order of the hotline is in the event, and nothing where there is none")]
    public void Order()
    {
        var report = Report(new HotlineOrder("12345-7", HotlineKind.Enquiry));
        var (body, _) = CaseEvent.Encode(
            [new CaseEvent(1, IncidentState.Fold(null, Sample.Number, report), report)], isList: false,
            Sample.Directory);
        var data = JsonNode.Parse(body.Span)!["data"]!;
        data["order"]!["number"]!.GetValue<string>().ShouldBe("12345-7");
        (data["fact"]!["text"], data["fact"]!.AsObject().ContainsKey("text")).ShouldBe((null, true));
    }

    private static IncidentReported Report(HotlineOrder? order) => new(
        s_at, "w1", "litter", Line.UrbanManagement, Severity.Normal, "text", null, Source.Worker, "张三 13800001111",
        null,
        s_at.AddHours(1), Order: order);
}
