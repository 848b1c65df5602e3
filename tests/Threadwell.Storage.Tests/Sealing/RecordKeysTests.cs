using Threadwell.Geometry;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Tests.Sealing;

public sealed class RecordKeysTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("threadwell-keys-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_key_of_the_first_start_opens_what_it_sealed_at_every_later_one()
    {
        string stored = RecordKeys.OpenOrMake(folder).SealText("0912", "a.b");
        Assert.Equal("0912", RecordKeys.OpenOrMake(folder).OpenText(stored, "a.b"));
        Assert.Single(Directory.GetFiles(folder, "record-*.key"));
    }

    [Fact]
    public void A_new_key_keeps_the_old_one_readable()
    {
        string stored = RecordKeys.OpenOrMake(folder).SealText("0912", "a.b");
        RecordKeys.Add(folder);
        RecordCipher both = RecordKeys.Open(folder);
        Assert.Equal("0912", both.OpenText(stored, "a.b"));
        Assert.NotEqual(stored["sealed:".Length..][..12], both.SealText("0912", "a.b")["sealed:".Length..][..12]);
    }

    [Fact]
    public void A_key_without_its_ring_is_named()
    {
        RecordKeys.OpenOrMake(folder);
        foreach (string ring in Directory.GetFiles(folder, "*.xml"))
        {
            File.Delete(ring);
        }

        InvalidInputException refusal = Assert.Throws<InvalidInputException>(() => RecordKeys.Open(folder));
        Assert.Contains("record-0001.key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_keys_are_named_where_none_may_be_made() =>
        Assert.Contains("keys of the record are missing", Assert.Throws<InvalidInputException>(() => RecordKeys.Open(folder)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_stored_key_is_wrapped()
    {
        RecordKeys.OpenOrMake(folder);
        string file = Directory.GetFiles(folder, "record-*.key").Single();
        Assert.True(new FileInfo(file).Length > RecordCipher.KeyLength + 16);
    }
}
