using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Threadwell.Web.Reminders.Push;

namespace Threadwell.Web.Tests.Reminders;

/// <summary>The encryption of pushes against the example of RFC 8291, appendix A, and the forms of keys and addresses that are taken.</summary>
public sealed class PushEncryptionTests
{
    private const string Plain = "When I grow up, I want to be a watermelon";
    private const string ServerPublic = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private const string ServerPrivate = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private const string BrowserPublic = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string Secret = "BTBZMqHH6r4Tts7J_aSIgg";
    private const string Salt = "DGv6ra1nlYgDCS1FRnbzlw";
    private const string Body =
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    [Fact]
    public void The_example_of_the_standard_comes_out_byte_for_byte()
    {
        ECParameters key = PushEncryption.Point(Base64Url.DecodeFromChars(ServerPublic));
        key.D = Base64Url.DecodeFromChars(ServerPrivate);
        using ECDiffieHellman own = ECDiffieHellman.Create(key);
        byte[] body = PushEncryption.Encrypt(Encoding.UTF8.GetBytes(Plain), Base64Url.DecodeFromChars(BrowserPublic), Base64Url.DecodeFromChars(Secret), own, Base64Url.DecodeFromChars(Salt));
        Assert.Equal(Body, Base64Url.EncodeToString(body));
    }

    [Fact]
    public void Only_whole_keys_of_the_curve_are_taken()
    {
        Assert.True(PushServices.AreKeys(BrowserPublic, Secret));
        Assert.False(PushServices.AreKeys(BrowserPublic[..^2], Secret));
        Assert.False(PushServices.AreKeys("BP" + new string('A', 85), Secret));
        Assert.False(PushServices.AreKeys(BrowserPublic, Secret[..^4]));
        Assert.False(PushServices.AreKeys("not base64!", Secret));
        Assert.False(PushServices.AreKeys(null, null));
    }

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/abc", true)]
    [InlineData("https://updates.push.services.mozilla.com/wpush/v2/abc", true)]
    [InlineData("https://wns2-par02p.notify.windows.com/w/?token=abc", true)]
    [InlineData("https://web.push.apple.com/abc", true)]
    [InlineData("http://fcm.googleapis.com/fcm/send/abc", false)]
    [InlineData("https://fcm.googleapis.com:8443/fcm/send/abc", false)]
    [InlineData("https://fcm.googleapis.com.evil.example/abc", false)]
    [InlineData("https://evilfcm.googleapis.com.example/", false)]
    [InlineData("https://notfcm.googleapis.com/", false)]
    [InlineData("https://user@web.push.apple.com/abc", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("http://127.0.0.1:5230/api/my/push", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("", false)]
    public void Requests_go_to_push_services_alone(string address, bool known) => Assert.Equal(known, new PushServices().Knows(address));
}
