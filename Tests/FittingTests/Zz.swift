import Testing
@testable import Fitting
@Test func zz() async throws { let s=try Studio(); let p=try s.photo("p.jpg",640,480)
 do { _=try await s.fitter.fit(p,declared:"",to:MediaLimits(octets:300<<10)) } catch { print("ZZ",String(reflecting:error)) } }
