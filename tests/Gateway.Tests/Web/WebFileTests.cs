using System.Net;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Web;

public sealed class WebFileTests(Product product)
{
    [Theory(DisplayName = "[AC8] a path is decoded once: what is a file or a call only when it is decoded again is nothing")]
    [InlineData("/wal%256C/index.html", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/areas/%2500/patrols", HttpStatusCode.BadRequest)]
    [InlineData("/public/%2500", HttpStatusCode.NotFound)]
    public async Task Once(string path, HttpStatusCode status) =>
        (await (await product.App.SignInAsync("viewer")).GetAsync(path)).StatusCode.ShouldBe(status);
}
