/// Records of pg_hba.conf, and below each the responses of real servers: the majors and
/// their sentence. Majors that are not listed accepted the record.
///
/// Tested with TLS on, and since 18 with one OAuth validator.
let recordedHBAVerdicts = #"""
  local d u trust
  local d u reject
  local d u md5
  local d u scram-sha-256
  local d u password
  local d u gss
    14-19 gssapi authentication is not supported on local sockets
  local d u sspi
    14-19 invalid authentication method "sspi": not supported by this build
  local d u ident
  local d u peer
  local d u pam
  local d u bsd
    14-19 invalid authentication method "bsd": not supported by this build
  local d u ldap
    14-19 authentication method "ldap" requires argument "ldapbasedn", "ldapprefix", or "ldapsuffix" to be set
  local d u radius
    14-18 authentication method "radius" requires argument "radiusservers" to be set
    19-19 invalid authentication method "radius"
  local d u cert
    14-19 cert authentication is only supported on hostssl connections
  local d u oauth
    14-17 invalid authentication method "oauth"
    18-19 authentication method "oauth" requires argument "scope" to be set
  host d u 10.0.0.0/8 trust
  host d u 10.0.0.0/8 reject
  host d u 10.0.0.0/8 md5
  host d u 10.0.0.0/8 scram-sha-256
  host d u 10.0.0.0/8 password
  host d u 10.0.0.0/8 gss
  host d u 10.0.0.0/8 sspi
    14-19 invalid authentication method "sspi": not supported by this build
  host d u 10.0.0.0/8 ident
  host d u 10.0.0.0/8 peer
    14-19 peer authentication is only supported on local sockets
  host d u 10.0.0.0/8 pam
  host d u 10.0.0.0/8 bsd
    14-19 invalid authentication method "bsd": not supported by this build
  host d u 10.0.0.0/8 ldap
    14-19 authentication method "ldap" requires argument "ldapbasedn", "ldapprefix", or "ldapsuffix" to be set
  host d u 10.0.0.0/8 radius
    14-18 authentication method "radius" requires argument "radiusservers" to be set
    19-19 invalid authentication method "radius"
  host d u 10.0.0.0/8 cert
    14-19 cert authentication is only supported on hostssl connections
  host d u 10.0.0.0/8 oauth
    14-17 invalid authentication method "oauth"
    18-19 authentication method "oauth" requires argument "scope" to be set
  hostssl d u 10.0.0.0/8 trust
  hostssl d u 10.0.0.0/8 reject
  hostssl d u 10.0.0.0/8 md5
  hostssl d u 10.0.0.0/8 scram-sha-256
  hostssl d u 10.0.0.0/8 password
  hostssl d u 10.0.0.0/8 gss
  hostssl d u 10.0.0.0/8 sspi
    14-19 invalid authentication method "sspi": not supported by this build
  hostssl d u 10.0.0.0/8 ident
  hostssl d u 10.0.0.0/8 peer
    14-19 peer authentication is only supported on local sockets
  hostssl d u 10.0.0.0/8 pam
  hostssl d u 10.0.0.0/8 bsd
    14-19 invalid authentication method "bsd": not supported by this build
  hostssl d u 10.0.0.0/8 ldap
    14-19 authentication method "ldap" requires argument "ldapbasedn", "ldapprefix", or "ldapsuffix" to be set
  hostssl d u 10.0.0.0/8 radius
    14-18 authentication method "radius" requires argument "radiusservers" to be set
    19-19 invalid authentication method "radius"
  hostssl d u 10.0.0.0/8 cert
  hostssl d u 10.0.0.0/8 oauth
    14-17 invalid authentication method "oauth"
    18-19 authentication method "oauth" requires argument "scope" to be set
  hostnossl d u 10.0.0.0/8 trust
  hostnossl d u 10.0.0.0/8 reject
  hostnossl d u 10.0.0.0/8 md5
  hostnossl d u 10.0.0.0/8 scram-sha-256
  hostnossl d u 10.0.0.0/8 password
  hostnossl d u 10.0.0.0/8 gss
  hostnossl d u 10.0.0.0/8 sspi
    14-19 invalid authentication method "sspi": not supported by this build
  hostnossl d u 10.0.0.0/8 ident
  hostnossl d u 10.0.0.0/8 peer
    14-19 peer authentication is only supported on local sockets
  hostnossl d u 10.0.0.0/8 pam
  hostnossl d u 10.0.0.0/8 bsd
    14-19 invalid authentication method "bsd": not supported by this build
  hostnossl d u 10.0.0.0/8 ldap
    14-19 authentication method "ldap" requires argument "ldapbasedn", "ldapprefix", or "ldapsuffix" to be set
  hostnossl d u 10.0.0.0/8 radius
    14-18 authentication method "radius" requires argument "radiusservers" to be set
    19-19 invalid authentication method "radius"
  hostnossl d u 10.0.0.0/8 cert
    14-19 cert authentication is only supported on hostssl connections
  hostnossl d u 10.0.0.0/8 oauth
    14-17 invalid authentication method "oauth"
    18-19 authentication method "oauth" requires argument "scope" to be set
  hostgssenc d u 10.0.0.0/8 trust
  hostgssenc d u 10.0.0.0/8 reject
  hostgssenc d u 10.0.0.0/8 md5
  hostgssenc d u 10.0.0.0/8 scram-sha-256
  hostgssenc d u 10.0.0.0/8 password
  hostgssenc d u 10.0.0.0/8 gss
  hostgssenc d u 10.0.0.0/8 sspi
    14-19 invalid authentication method "sspi": not supported by this build
  hostgssenc d u 10.0.0.0/8 ident
  hostgssenc d u 10.0.0.0/8 peer
    14-19 peer authentication is only supported on local sockets
  hostgssenc d u 10.0.0.0/8 pam
  hostgssenc d u 10.0.0.0/8 bsd
    14-19 invalid authentication method "bsd": not supported by this build
  hostgssenc d u 10.0.0.0/8 ldap
    14-19 authentication method "ldap" requires argument "ldapbasedn", "ldapprefix", or "ldapsuffix" to be set
  hostgssenc d u 10.0.0.0/8 radius
    14-18 authentication method "radius" requires argument "radiusservers" to be set
    19-19 invalid authentication method "radius"
  hostgssenc d u 10.0.0.0/8 cert
    14-19 cert authentication is only supported on hostssl connections
  hostgssenc d u 10.0.0.0/8 oauth
    14-17 invalid authentication method "oauth"
    18-19 authentication method "oauth" requires argument "scope" to be set
  hostnogssenc d u 10.0.0.0/8 trust
  hostnogssenc d u 10.0.0.0/8 reject
  hostnogssenc d u 10.0.0.0/8 md5
  hostnogssenc d u 10.0.0.0/8 scram-sha-256
  hostnogssenc d u 10.0.0.0/8 password
  hostnogssenc d u 10.0.0.0/8 gss
  hostnogssenc d u 10.0.0.0/8 sspi
    14-19 invalid authentication method "sspi": not supported by this build
  hostnogssenc d u 10.0.0.0/8 ident
  hostnogssenc d u 10.0.0.0/8 peer
    14-19 peer authentication is only supported on local sockets
  hostnogssenc d u 10.0.0.0/8 pam
  hostnogssenc d u 10.0.0.0/8 bsd
    14-19 invalid authentication method "bsd": not supported by this build
  hostnogssenc d u 10.0.0.0/8 ldap
    14-19 authentication method "ldap" requires argument "ldapbasedn", "ldapprefix", or "ldapsuffix" to be set
  hostnogssenc d u 10.0.0.0/8 radius
    14-18 authentication method "radius" requires argument "radiusservers" to be set
    19-19 invalid authentication method "radius"
  hostnogssenc d u 10.0.0.0/8 cert
    14-19 cert authentication is only supported on hostssl connections
  hostnogssenc d u 10.0.0.0/8 oauth
    14-17 invalid authentication method "oauth"
    18-19 authentication method "oauth" requires argument "scope" to be set
  hostssl d u all cert
  hostssl d u all cert clientcert=verify-full
  hostssl d u all cert clientcert=verify-ca
    14-19 clientcert can only be set to "verify-full" when using "cert" authentication
  hostssl d u all cert map=m
  hostssl d u all cert clientcert=1
    14-19 invalid value for clientcert: "1"
  host d u all cert
    14-19 cert authentication is only supported on hostssl connections
  hostssl d u all md5 clientcert=verify-ca
  hostssl d u all scram-sha-256 clientcert=verify-full
  hostssl d u all md5 clientcert=1
    14-19 invalid value for clientcert: "1"
  hostssl d u all md5 clientcert=0
    14-19 invalid value for clientcert: "0"
  hostssl d u all md5 clientcert=no-verify
    14-19 invalid value for clientcert: "no-verify"
  hostssl d u all md5 clientcert=VERIFY-FULL
    14-19 invalid value for clientcert: "VERIFY-FULL"
  hostssl d u all trust clientcert=
    14-19 invalid value for clientcert: ""
  host d u all md5 clientcert=verify-ca
    14-19 clientcert can only be configured for "hostssl" rows
  local d u peer clientcert=verify-ca
    14-19 clientcert can only be configured for "hostssl" rows
  hostnossl d u all md5 clientcert=verify-full
    14-19 clientcert can only be configured for "hostssl" rows
  hostgssenc d u all gss clientcert=verify-ca
    14-19 clientcert can only be configured for "hostssl" rows
  hostssl d u all cert clientname=CN
  hostssl d u all cert clientname=DN map=m
  hostssl d u all scram-sha-256 clientcert=verify-full clientname=DN
  hostssl d u all md5 clientname=DN
  hostssl d u all cert clientname=dn
    14-19 invalid value for clientname: "dn"
  hostssl d u all cert clientname=SAN
    14-19 invalid value for clientname: "SAN"
  host d u all md5 clientname=CN
    14-19 clientname can only be configured for "hostssl" rows
  host d u all gss include_realm=0
  host d u all gss include_realm=1 krb_realm=EXAMPLE.COM map=m
  host d u all gss include_realm=yes
  host d u all gss compat_realm=1
    14-19 authentication option "compat_realm" is only valid for authentication methods sspi
  host d u all md5 include_realm=0
    14-19 authentication option "include_realm" is only valid for authentication methods gssapi and sspi
  hostgssenc d u all gss krb_realm=X
  host d u all gss krb_realm=
  host d u all ldap
    14-19 authentication method "ldap" requires argument "ldapbasedn", "ldapprefix", or "ldapsuffix" to be set
  host d u all ldap ldapserver=h
    14-19 authentication method "ldap" requires argument "ldapbasedn", "ldapprefix", or "ldapsuffix" to be set
  host d u all ldap ldapserver=h ldapprefix=cn= ldapbasedn=dc=x
    14-17 cannot use ldapbasedn, ldapbinddn, ldapbindpasswd, ldapsearchattribute, ldapsearchfilter, or ldapurl together with ldapprefix
    18-19 cannot mix options for simple bind and search+bind modes
  host d u all ldap ldapserver=h ldapport=0 ldapprefix=c
    14-19 invalid LDAP port number: "0"
  host d u all ldap ldapserver=h ldapport=abc ldapprefix=c
    14-19 invalid LDAP port number: "abc"
  host d u all ldap ldapserver=h ldapscheme=http ldapprefix=c
  host d u all ldap ldapserver=h ldapsearchattribute=a ldapsearchfilter=(b) ldapbasedn=x
    14-19 cannot use ldapsearchattribute together with ldapsearchfilter
  host d u all ldap ldapprefix=cn=
  host d u all md5 ldapserver=h
    14-19 authentication option "ldapserver" is only valid for authentication methods ldap
  host d u all ldap ldapserver=ldap.example.net ldapprefix="cn=" ldapsuffix=", dc=example, dc=net"
  host d u all ldap ldapserver=h ldapport=389 ldaptls=1 ldapprefix=cn= ldapsuffix=",dc=x"
  host d u all ldap ldapserver="h1 h2" ldapprefix=cn=
  host d u all ldap ldapserver=h ldapbasedn="dc=example, dc=net" ldapsearchattribute=uid
  host d u all ldap ldapserver=h ldapbasedn="dc=x" ldapsearchfilter="(uid=$username)"
  host d u all ldap ldapserver=h ldapbasedn=dc=x ldapbinddn=cn=a ldapbindpasswd=p
  host d u all ldap ldapscheme=ldaps ldapserver=h ldapbasedn=dc=x
  local d u peer map=m
  host d u all ident map=m
  host d u all md5 map=m
    14-17 authentication option "map" is only valid for authentication methods ident, peer, gssapi, sspi, and cert
    18-19 authentication option "map" is only valid for authentication methods ident, peer, gssapi, sspi, cert, and oauth
  host d u all trust map=m
    14-17 authentication option "map" is only valid for authentication methods ident, peer, gssapi, sspi, and cert
    18-19 authentication option "map" is only valid for authentication methods ident, peer, gssapi, sspi, cert, and oauth
  host d u all ldap ldapserver=h map=m
    14-17 authentication option "map" is only valid for authentication methods ident, peer, gssapi, sspi, and cert
    18-19 authentication option "map" is only valid for authentication methods ident, peer, gssapi, sspi, cert, and oauth
  local d u ident map=m
  host d u all pam pamservice=postgresql
  host d u all pam pamservice=x pam_use_hostname=1
  host d u all pam pam_use_hostname=maybe
  host d u all md5 pamservice=x
    14-19 authentication option "pamservice" is only valid for authentication methods pam
  host d u all radius radiusservers=10.0.0.5 radiussecrets=s
    19-19 invalid authentication method "radius"
  host d u all radius radiusservers=10.0.0.5 radiussecrets=s radiusports=1812 radiusidentifiers=pg
    19-19 invalid authentication method "radius"
  host d u all radius radiusservers="10.0.0.5,10.0.0.6" radiussecrets="s1,s2"
    19-19 invalid authentication method "radius"
  host d u all radius radiusservers="10.0.0.5,10.0.0.6" radiussecrets=s radiusports="1812,1813"
    19-19 invalid authentication method "radius"
  host d u all radius
    14-18 authentication method "radius" requires argument "radiusservers" to be set
    19-19 invalid authentication method "radius"
  host d u all radius radiusservers=10.0.0.5
    14-18 authentication method "radius" requires argument "radiussecrets" to be set
    19-19 invalid authentication method "radius"
  host d u all radius radiussecrets=s
    14-18 authentication method "radius" requires argument "radiusservers" to be set
    19-19 invalid authentication method "radius"
  host d u all radius radiusservers="" radiussecrets=s
    14-18 authentication method "radius" requires argument "radiusservers" to be set
    19-19 invalid authentication method "radius"
  host d u all radius radiusserver=10.0.0.5 radiussecret=s
    14-18 unrecognized authentication option name: "radiusserver"
    19-19 invalid authentication method "radius"
  host d u all sspi compat_realm=1 upn_username=0
    14-19 invalid authentication method "sspi": not supported by this build
  local d u peer foo=bar
    14-19 unrecognized authentication option name: "foo"
  local d u peer MAP=m
    14-19 unrecognized authentication option name: "MAP"
  host d u all md5 sslmode=require
    14-19 unrecognized authentication option name: "sslmode"
  host d u all scram-sha-256 channel_binding=require
    14-19 unrecognized authentication option name: "channel_binding"
  host d u all oauth issuer=https://issuer.example.com scope="openid profile"
    14-17 invalid authentication method "oauth"
  host d u all oauth issuer=https://i scope=s validator=v1
    14-17 invalid authentication method "oauth"
  host d u all oauth issuer=https://i scope=s map=m
    14-17 invalid authentication method "oauth"
  host d u all oauth issuer=https://i scope=s delegate_ident_mapping=1
    14-17 invalid authentication method "oauth"
  host d u all oauth issuer=https://i scope=s map=m delegate_ident_mapping=1
    14-17 invalid authentication method "oauth"
    18-19 map cannot be used in combination with delegate_ident_mapping
  hostssl d u all oauth scope=s
    14-17 invalid authentication method "oauth"
    18-19 authentication method "oauth" requires argument "issuer" to be set
  hostssl d u all oauth issuer=https://i
    14-17 invalid authentication method "oauth"
    18-19 authentication method "oauth" requires argument "scope" to be set
  local d u oauth issuer=https://i scope=s
    14-17 invalid authentication method "oauth"
  host d u all md5 issuer=https://i
    14-17 unrecognized authentication option name: "issuer"
    18-19 authentication option "issuer" is only valid for authentication methods oauth
  local d u peer map=m#comment
  local d u peer map=m #comment
  local d u peer "map=m#1"
  local d u peer "map=my map"
  local d u peer map="my map"
  local d u peer "map"=m
  local d u peer map=""
  """#
