using System.Security.Cryptography;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Tests.Sealing;

public class RecordCipherTests
{
    private const string Place = "patients.Phone";
    private static readonly byte[] First = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];
    private static readonly byte[] Second = [.. Enumerable.Range(100, 32).Select(value => (byte)value)];

    [Theory]
    [InlineData("0912 345 678")]
    [InlineData("Nguyễn Thị Hoà, 12 Lê Lợi, Huế")]
    [InlineData("sealed:abc")]
    public void A_text_opens_in_its_place(string text)
    {
        var cipher = new RecordCipher([First]);
        string stored = cipher.SealText(text, Place);
        Assert.True(RecordCipher.IsSealed(stored));
        Assert.DoesNotContain(text, stored, StringComparison.Ordinal);
        Assert.Equal(text, cipher.OpenText(stored, Place));
    }

    [Fact]
    public void The_same_text_is_sealed_differently_each_time()
    {
        var cipher = new RecordCipher([First]);
        Assert.NotEqual(cipher.SealText("0912", Place), cipher.SealText("0912", Place));
    }

    [Fact]
    public void An_empty_text_stays_empty() => Assert.Equal("", new RecordCipher([First]).SealText("", Place));

    [Fact]
    public void A_text_of_another_column_does_not_open()
    {
        var cipher = new RecordCipher([First]);
        Assert.Throws<SealedDataException>(() => cipher.OpenText(cipher.SealText("0912", Place), "patients.Email"));
    }

    [Fact]
    public void What_an_older_key_sealed_opens_and_new_texts_take_the_new_key()
    {
        string old = new RecordCipher([First]).SealText("0912", Place);
        var both = new RecordCipher([First, Second]);
        Assert.Equal("0912", both.OpenText(old, Place));

        string fresh = both.SealText("0912", Place);
        Assert.Equal("0912", new RecordCipher([Second]).OpenText(fresh, Place));
        SealedDataException missing = Assert.Throws<SealedDataException>(() => new RecordCipher([First]).OpenText(fresh, Place));
        Assert.Contains("not among the keys", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0912 345 678")]
    [InlineData("sealed:")]
    [InlineData("sealed:!!!")]
    [InlineData("sealed:AQID")]
    public void What_was_never_sealed_does_not_open(string stored) =>
        Assert.Throws<SealedDataException>(() => new RecordCipher([First]).OpenText(stored, Place));

    [Fact]
    public void Any_changed_bit_is_found()
    {
        var cipher = new RecordCipher([First]);
        byte[] whole = cipher.Seal("abc"u8, Place);
        for (int bit = 0; bit < 8 * whole.Length; bit++)
        {
            byte[] changed = [.. whole];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<SealedDataException>(() => cipher.Open(changed, Place));
        }
    }

    [Fact]
    public void The_sealing_is_plain_aes_gcm()
    {
        // Opened by hand from the documented form: 1 form, 8 key, 12 nonce, content, 16 tag.
        byte[] whole = new RecordCipher([First]).Seal("abc"u8, Place);
        byte[] content = new byte[3];
        using var aes = new AesGcm(First, 16);
        aes.Decrypt(whole.AsSpan(9, 12), whole.AsSpan(21, 3), whole.AsSpan(24, 16), content, "patients.Phone"u8);
        Assert.Equal("abc"u8.ToArray(), content);
        Assert.Equal(SHA256.HashData(First)[..8], whole[1..9]);
    }

    [Fact]
    public void A_key_of_another_length_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new RecordCipher([]));
        Assert.Throws<ArgumentException>(() => new RecordCipher([First[..16]]));
    }
}
