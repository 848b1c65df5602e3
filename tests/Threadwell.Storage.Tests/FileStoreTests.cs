using System.Text;
using Threadwell.Storage.Files;

namespace Threadwell.Storage.Tests;

public sealed class FileStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-files-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_is_found_by_the_hash_of_its_content_and_stored_once()
    {
        var store = new FileStore(folder);
        string hash = store.Add("abc"u8);

        // FIPS 180-2, appendix B.1.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", hash);
        Assert.Equal(hash, store.Add("abc"u8));
        Assert.Equal("abc", Encoding.UTF8.GetString(store.Read(hash)));
        Assert.Single(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("")]
    public void What_is_no_hash_names_no_file(string name) => Assert.Throws<ArgumentException>(() => new FileStore(folder).PathOf(name));
}
