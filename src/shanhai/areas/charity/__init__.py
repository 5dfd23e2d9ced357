"""社会帮扶: campaigns, gifts of money and of goods and where they went, and work with disabled people.

Basis: glossary A11 (慈善捐赠, 冠名基金、区设项目, 公益项目执行率) and A2 (人, 人次); the East-West assessment counts
social donations in money and in goods apart, and children and disabled people helped once each.
"""
