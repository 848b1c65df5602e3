using System.Text;
using Threadwell.Storage.Files;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Tests;

public sealed class FileStoreTests : IDisposable
{
    // FIPS 180-2, appendix B.1.
    private const string HashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-files-").FullName;
    private readonly FileStore store;

    public FileStoreTests() => store = new FileStore(folder, RecordCipher.Passing());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_is_found_by_the_hash_of_its_content_and_stored_once()
    {
        string hash = store.Add("abc"u8);
        Assert.Equal(HashOfAbc, hash);
        Assert.Equal(hash, store.Add("abc"u8));
        Assert.Equal("abc", Encoding.UTF8.GetString(store.Read(hash)));
        Assert.Equal([store.PathOf(hash)], Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        Assert.Equal([hash], store.Names());
    }

    [Fact]
    public void What_lies_on_the_disk_does_not_show_the_content()
    {
        byte[] content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a face of a patient ", 50)));
        byte[] stored = File.ReadAllBytes(store.PathOf(store.Add(content)));
        Assert.Equal(-1, stored.AsSpan().IndexOf("patient"u8));
    }

    [Fact]
    public void A_single_changed_bit_is_found()
    {
        string hash = store.Add("abc"u8);
        byte[] stored = File.ReadAllBytes(store.PathOf(hash));
        for (int bit = 8 * 8; bit < 8 * stored.Length; bit++)
        {
            byte[] changed = [.. stored];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(store.PathOf(hash), changed);
            Assert.Throws<SealedDataException>(() => store.Read(hash));
        }
    }

    [Fact]
    public void A_file_in_the_place_of_another_does_not_open()
    {
        string abc = store.Add("abc"u8);
        string other = store.Add("other"u8);
        File.Copy(store.PathOf(abc), store.PathOf(other), overwrite: true);
        Assert.Throws<SealedDataException>(() => store.Read(other));
    }

    [Fact]
    public void Files_of_an_earlier_version_are_read_and_then_sealed()
    {
        Directory.CreateDirectory(Path.Combine(folder, "ba"));
        File.WriteAllText(store.PathOf(HashOfAbc), "abc");
        Assert.Equal("abc", Encoding.UTF8.GetString(store.Read(HashOfAbc)));

        store.SealAll();
        Assert.NotEqual("abc", File.ReadAllText(store.PathOf(HashOfAbc)));
        Assert.Equal("abc", Encoding.UTF8.GetString(store.Read(HashOfAbc)));
        byte[] once = File.ReadAllBytes(store.PathOf(HashOfAbc));
        store.SealAll();
        Assert.Equal(once, File.ReadAllBytes(store.PathOf(HashOfAbc)));
        Assert.Equal([HashOfAbc], store.Names());
    }

    [Fact]
    public async Task Many_writers_of_one_content_do_not_disturb_each_other()
    {
        byte[] content = new byte[1 << 18];
        string[] hashes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => store.Add(content))));
        Assert.Single(hashes.Distinct());
        Assert.Equal(content, store.Read(hashes[0]));
        Assert.Empty(store.CutOff());
    }

    [Fact]
    public void A_file_that_is_stored_again_is_as_young_as_a_new_one()
    {
        string hash = store.Add("abc"u8);
        DateTime first = File.GetLastWriteTimeUtc(store.PathOf(hash));
        File.SetLastWriteTimeUtc(store.PathOf(hash), first.AddDays(-2));
        byte[] stored = File.ReadAllBytes(store.PathOf(hash));
        store.Add("abc"u8);
        Assert.InRange(File.GetLastWriteTimeUtc(store.PathOf(hash)), first.AddMinutes(-1), first.AddDays(1));
        Assert.Equal(stored, File.ReadAllBytes(store.PathOf(hash)));
    }

    [Fact]
    public void Removing_what_is_not_there_is_no_fault()
    {
        store.Remove(HashOfAbc);
        string hash = store.Add("abc"u8);
        store.Remove(hash);
        store.Remove(hash);
        Assert.False(store.Has(hash));
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("")]
    public void What_is_no_hash_names_no_file(string name)
    {
        Assert.Throws<ArgumentException>(() => store.PathOf(name));
        Assert.Throws<ArgumentException>(() => store.Read(name));
    }
}
