using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class EvidenceContract(IPlace place) : StorageContract(place)
{
    [Fact(DisplayName = "[EV2] a photo is kept by its hash, with its small one, once, and is there after a restart")]
    public async Task Kept()
    {
        var photo = new StoredPhoto(new string('a', 64), "image/webp", [1, 2, 0, 255], [9]);
        await Store.Evidence.PutAsync(photo, Token);
        await Store.Evidence.PutAsync(photo with { Bytes = [7] }, Token);
        await RestartAsync();
        var (type, bytes) = (await Store.Evidence.FindAsync(photo.Hash, thumbnail: false, Token))!.Value;
        type.ShouldBe("image/webp");
        bytes.ShouldBe([1, 2, 0, 255]);
        var (small, thumbnail) = (await Store.Evidence.FindAsync(photo.Hash, thumbnail: true, Token))!.Value;
        small.ShouldBe("image/jpeg");
        thumbnail.ShouldBe([9]);
        (await Store.Evidence.FindAsync(new string('b', 64), thumbnail: false, Token)).ShouldBeNull();
    }

    [Fact(DisplayName = "[EV6] a photo that was put and released as often is gone, and one that was put once more stays")]
    public async Task Released()
    {
        var photo = new StoredPhoto(new string('c', 64), "image/jpeg", [1], [2]);
        await Store.Evidence.PutAsync(photo, Token);
        await Store.Evidence.PutAsync(photo, Token);
        await Store.Evidence.ReleaseAsync(photo.Hash, Token);
        (await Store.Evidence.FindAsync(photo.Hash, thumbnail: false, Token)).ShouldNotBeNull();
        await Store.Evidence.ReleaseAsync(photo.Hash, Token);
        (await Store.Evidence.FindAsync(photo.Hash, thumbnail: false, Token)).ShouldBeNull();
        await Store.Evidence.ReleaseAsync(photo.Hash, Token);
    }
}
