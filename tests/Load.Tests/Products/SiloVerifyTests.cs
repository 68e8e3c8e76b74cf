using GridMesh.Load.Products;

namespace GridMesh.Load.Tests.Products;

public sealed class SiloVerifyTests
{
    [Fact(DisplayName = "[LO11] what lies in a store is read from the JSON of verify, never from a sentence")]
    public void Counts()
    {
        SiloVerify.CountsOf("""{"isClean":true,"facts":20,"cases":10,"open":3,"indexRows":7,"differences":[]}""")
            .ShouldBe(new StoreCounts(20, 10, 3));
        SiloVerify.CountsOf("clean: 20 facts, 10 cases, 3 open").ShouldBeNull();
        SiloVerify.CountsOf("").ShouldBeNull();
    }
}
