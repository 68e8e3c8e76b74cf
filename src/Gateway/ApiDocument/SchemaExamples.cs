using System.Text.Json.Nodes;
using GridMesh.Gateway.Hotline;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Patrols;
using GridMesh.Gateway.Sensors;
using GridMesh.Gateway.Services;
using GridMesh.Gateway.Subscriptions;
using GridMesh.Gateway.Web;
using GridMesh.Gateway.Workers;

namespace GridMesh.Gateway.ApiDocument;

/// <summary>What the main bodies look like.</summary>
internal static class SchemaExamples
{
    private static readonly Dictionary<Type, string> s_examples = new()
    {
        [typeof(ReportBody)] = """
            {"category": "litter", "description": "巷口垃圾堆放", "position": {"lng": 108.31, "lat": 22.82},
             "severity": "Normal"}
            """,
        [typeof(DispatchBody)] = """{"owner": "D-urban"}""",
        [typeof(ReasonBody)] = """{"reason": "不属于本部门职责"}""",
        [typeof(ResolveBody)] = """{"result": "垃圾已清运", "evidence": ["photo-1"]}""",
        [typeof(InspectBody)] = """{"pass": true}""",
        [typeof(FeedbackBody)] = """{"text": "已处理完毕，感谢反映"}""",
        [typeof(EvaluateBody)] = """{"score": 5, "comment": "处理及时"}""",
        [typeof(PositionBody)] = """
            {"worker": "W-0001", "lng": 108.31, "lat": 22.82, "at": "2026-05-01T08:00:00+08:00", "accuracy": 8}
            """,
        [typeof(SensorBody)] = """
            {"device": "S-0001", "kind": "Smoke", "at": "2026-05-01T08:00:00+08:00", "value": 3.2}
            """,
        [typeof(ShiftBody)] = """{"onDuty": true}""",
        [typeof(PlanBody)] = """
            {"name": "早巡", "line": "PublicSecurity",
             "checkpoints": [{"name": "东门", "position": {"lng": 108.31, "lat": 22.82}, "radius": 50}],
             "windows": [{"from": "08:00", "to": "10:00"}], "weekdays": [1, 2, 3, 4, 5]}
            """,
        [typeof(AskBody)] = """
            {"code": "1.service.450105001001001.signature", "matter": "elderly-card", "mode": "ForYou",
             "name": "李阿姨", "phone": "13800000000"}
            """,
        [typeof(SubscriptionBody)] = """
            {"name": "城管平台", "url": "https://hooks.example.org/gridmesh", "secret": "a-secret-of-sixteen-or-more",
             "area": "450105", "lines": ["UrbanManagement"], "events": ["incident.reported"]}
            """,
        [typeof(OrderBody)] = """
            {"number": "NN20260501-0001", "kind": "Complaint", "category": "litter", "description": "小区门口垃圾未清运",
             "position": {"lng": 108.31, "lat": 22.82}}
            """,
        [typeof(TokenBody)] = """{"role": "dispatcher", "area": "450105"}""",
    };

    public static JsonNode? Of(Type type) =>
        s_examples.TryGetValue(type, out var example) ? JsonNode.Parse(example) : null;
}
