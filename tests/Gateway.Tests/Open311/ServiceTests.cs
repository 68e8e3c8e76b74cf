using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Open311;

public sealed class ServiceTests(Product product)
{
    private readonly HttpClient _http = product.App.Http;

    [Fact(DisplayName = "[OP1] the discovery document names the endpoint and its formats, in JSON and in XML, without a token")]
    public async Task Discovery()
    {
        var json = await _http.ReadAsync("discovery.json");
        var endpoint = json.GetProperty("endpoints")[0];
        endpoint.Text("url").ShouldBe($"{product.App.Url.ToString().TrimEnd('/')}/open311/v2");
        endpoint.Text("specification").ShouldBe("http://wiki.open311.org/GeoReport_v2");
        endpoint.GetProperty("formats").EnumerateArray().Select(format => format.GetString())
            .ShouldBe(["text/xml", "application/json"]);
        var xml = await _http.ReadXmlAsync("discovery.xml");
        xml.Name.LocalName.ShouldBe("discovery");
        foreach (var name in new[] { "changeset", "contact", "key_service" })
            xml.Element(name)!.Value.ShouldBe(json.Text(name));

        xml.Element("endpoints")!.Element("endpoint")!.Element("formats")!.Elements("format")
            .Select(format => format.Value)
            .ShouldBe(["text/xml", "application/json"]);
    }

    [Fact(DisplayName = "[OP1, OP2] services are the categories, grouped by line; JSON is the default and drops the plural root")]
    public async Task Services()
    {
        var answer = await _http.GetAsync("/open311/v2/services");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
        var json = (await answer.JsonAsync()).EnumerateArray().ToArray();
        var admin = await product.App.SignInAsync("admin");
        json.Select(service => service.Text("service_code"))
            .ShouldBe(
                (await admin.GetJsonAsync("categories")).EnumerateArray().Select(category => category.Text("code")));
        var litter = json.Single(service => service.Text("service_code") == "litter");
        (litter.Text("group"), litter.Text("type"), litter.GetProperty("metadata").ValueKind)
            .ShouldBe(("UrbanManagement", "realtime", JsonValueKind.True));
        litter.Text("service_name").ShouldBe("暴露垃圾 Exposed litter");

        var xml = await _http.ReadXmlAsync("services.xml?jurisdiction_id=450105");
        xml.Name.LocalName.ShouldBe("services");
        var service = xml.Elements("service").Single(one => one.Element("service_code")!.Value == "litter");
        service.Element("metadata")!.Value.ShouldBe("true");
        service.Elements().Select(field => field.Name.LocalName)
            .ShouldBe(["service_code", "service_name", "description", "metadata", "type", "keywords", "group"]);
    }

    [Fact(DisplayName = "[OP2] a service's attributes tell the filing condition and ask for the severity")]
    public async Task Definition()
    {
        var json = await _http.ReadAsync("services/litter.json");
        json.Text("service_code").ShouldBe("litter");
        var attributes = json.GetProperty("attributes").EnumerateArray().ToArray();
        attributes[0].GetProperty("variable").GetBoolean().ShouldBeFalse();
        attributes[0].Text("description").ShouldContain("发现即立案");
        var severity = attributes.Single(attribute => attribute.Text("code") == "SEVERITY");
        (severity.GetProperty("variable").GetBoolean(), severity.Text("datatype"),
            severity.GetProperty("required").GetBoolean())
            .ShouldBe((true, "singlevaluelist", false));
        severity.GetProperty("values").EnumerateArray().Select(value => value.Text("key"))
            .ShouldBe(["Normal", "Urgent", "Major"]);
        var xml = await _http.ReadXmlAsync("services/litter.xml");
        xml.Name.LocalName.ShouldBe("service_definition");
        xml.Element("attributes")!.Elements("attribute").Last().Element("values")!.Elements("value").First()
            .Element("key")!.Value.ShouldBe("Normal");
    }

    [Theory(DisplayName = "[OP3] errors are an errors document in the format that was asked for, with the right status")]
    [InlineData("services/nothing", 404)]
    [InlineData("services.json?jurisdiction_id=999999", 404)]
    [InlineData("requests/450105001001001-260101-9999", 404)]
    [InlineData("requests/rubbish", 404)]
    [InlineData("tokens/rubbish", 404)]
    [InlineData("nowhere", 404)]
    [InlineData("requests?status=half", 400)]
    [InlineData("requests?start_date=yesterday", 400)]
    [InlineData("requests?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", 400)]
    [InlineData("requests?page_size=1001", 400)]
    [InlineData("requests?page=0", 400)]
    public async Task Errors(string path, int status)
    {
        var json = await _http.GetAsync($"/open311/v2/{path}");
        ((int)json.StatusCode).ShouldBe(status);
        var error = (await json.JsonAsync())[0];
        error.GetProperty("code").GetInt32().ShouldBe(status);
        error.Text("description").ShouldNotBeEmpty();

        var parts = path.Replace(".json", "").Split('?');
        var xml = await _http.GetAsync($"/open311/v2/{parts[0]}.xml{(parts.Length > 1 ? "?" + parts[1] : "")}");
        ((int)xml.StatusCode).ShouldBe(status);
        var root = System.Xml.Linq.XDocument.Parse(await xml.Content.ReadAsStringAsync()).Root!;
        root.Name.LocalName.ShouldBe("errors");
        root.Element("error")!.Element("code")!.Value.ShouldBe($"{status}");
    }

    [Fact(DisplayName = "[OP3] a method that is not there is answered in the words of Open311 too")]
    public async Task WrongMethod()
    {
        var answer = await _http.DeleteAsync("/open311/v2/services.json");
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await answer.JsonAsync())[0].GetProperty("code").GetInt32().ShouldBe(405);
    }
}
